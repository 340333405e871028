"""Vendoring: copies fonts, icons and htmx out of node_modules into static/vendor, and only what is used.

Run by `make setup` after npm has fetched and checked the packages. Never fetches, never runs what it copies. The
desk is whole without all this, in a font of the system and without icons.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_FONTS = Path("@fontsource")
_WEIGHTS = (400, 500, 600)
#: What each package of fonts is taken for.
_SCRIPTS = {
    "ibm-plex-sans": ("latin", "latin-ext", "cyrillic"),
    "ibm-plex-sans-arabic": ("arabic",),
}
_LICENSED = ("@fontsource/ibm-plex-sans", "@fontsource/ibm-plex-sans-arabic", "htmx.org", "lucide-static")
#: The icons that pages use, by their names at Lucide: add there, then run make setup.
ICONS = tuple((Path(__file__).parents[1] / "icons.txt").read_text(encoding="utf-8").split())
_DRAWN = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_COMMENT = re.compile(r"\.?//# sourceMappingURL=\S+\s*$")


class NotFetched(Exception):
    """npm has not fetched what was to be copied."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Dress:
    """Where the packages are, and where what is used of them goes."""

    packages: Path
    vendor: Path

    def put_on(self) -> None:
        """Copy everything into a new folder, then put it in the place of the old one."""
        if not (self.packages / "htmx.org").is_dir():
            raise NotFetched(f"There is nothing in {self.packages}; run npm ci --ignore-scripts first.")
        fresh = self.vendor.with_name(f"{self.vendor.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        for name, content in self._files():
            (fresh / name).write_bytes(content)
        shutil.rmtree(self.vendor, ignore_errors=True)
        fresh.rename(self.vendor)

    def _files(self) -> Iterator[tuple[str, bytes]]:
        yield "htmx.min.js", _COMMENT.sub("", self._text("htmx.org/dist/htmx.min.js")).encode()
        yield "icons.svg", self._sprite().encode()
        faces = []
        for name, face, content in self._faces():
            yield name, content
            faces.append(face)
        yield "fonts.css", "\n".join(faces).encode()
        for package in _LICENSED:
            yield f"LICENSE-{package.rpartition('/')[2]}.txt", (self.packages / package / "LICENSE").read_bytes()

    def _faces(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield name, style sheet rule and content of each font file."""
        for package, scripts in _SCRIPTS.items():
            ranges = json.loads(self._text(_FONTS / package / "unicode.json"))
            for script in scripts:
                for weight in _WEIGHTS:
                    name = f"{package}-{script}-{weight}-normal.woff2"
                    content = (self.packages / _FONTS / package / "files" / name).read_bytes()
                    yield name, _face(name, content, weight, ranges[script]), content

    def _sprite(self) -> str:
        symbols = (f'<symbol id="{name}" viewBox="0 0 24 24">{self._drawn(name)}</symbol>' for name in ICONS)
        return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'

    def _drawn(self, name: str) -> str:
        drawn = _DRAWN.search(self._text(f"lucide-static/icons/{name}.svg"))
        if drawn is None:
            raise NotFetched(f"The icon {name} is no drawing.")
        return re.sub(r"\s*\n\s*", "", drawn[1])

    def _text(self, place: str | Path) -> str:
        return (self.packages / place).read_text(encoding="utf-8")


def _face(name: str, content: bytes, weight: int, characters: str) -> str:
    version = hashlib.sha256(content).hexdigest()[:12]
    return (
        f"@font-face {{ font-family: Plex; font-weight: {weight}; font-display: swap; src: url({name}?v={version})"
        f' format("woff2"); unicode-range: {characters}; }}'
    )


def main() -> int:
    """Dress this desk; the answer is the program's exit code."""
    try:
        Dress(packages=_ROOT / "node_modules", vendor=_ROOT / "desk/static/vendor").put_on()
    except (NotFetched, OSError) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
