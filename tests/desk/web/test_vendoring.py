"""The desk is dressed in what was fetched, and in no more."""

import json
import re

import pytest

from desk.web.vendoring import ICONS, Dress, NotFetched
from tests.architecture.tree import ROOT

SCRIPTS = {"ibm-plex-sans": ("latin", "latin-ext", "cyrillic"), "ibm-plex-sans-arabic": ("arabic",)}
DRAWING = '<!-- @license -->\n<svg\n  viewBox="0 0 24 24"\n>\n  <path d="M1 1"/>\n</svg>\n'


@pytest.fixture
def fetched(tmp_path):
    files = {
        "htmx.org/dist/htmx.min.js": "var htmx=1\n//# sourceMappingURL=htmx.min.js.map\n",
        "htmx.org/LICENSE": "0BSD",
        "lucide-static/LICENSE": "ISC",
        "lucide-static/icons/never-used.svg": DRAWING,
        **{f"lucide-static/icons/{name}.svg": DRAWING for name in ICONS},
    }
    for package, scripts in SCRIPTS.items():
        files[f"@fontsource/{package}/LICENSE"] = "OFL"
        files[f"@fontsource/{package}/unicode.json"] = json.dumps(dict.fromkeys(scripts, "U+0020"))
        for script in scripts:
            for weight in (400, 500, 600, 700):
                files[f"@fontsource/{package}/files/{package}-{script}-{weight}-normal.woff2"] = f"{script} {weight}"
    for place, text in files.items():
        (tmp_path / "node_modules" / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "node_modules" / place).write_text(text)
    return Dress(packages=tmp_path / "node_modules", vendor=tmp_path / "static/vendor")


def test_only_what_is_used_is_copied(fetched):
    fetched.put_on()
    names = {path.name for path in fetched.vendor.iterdir()}
    assert {"htmx.min.js", "icons.svg", "fonts.css", "LICENSE-htmx.org.txt"} <= names
    assert len([name for name in names if name.endswith(".woff2")]) == 12
    assert [name for name in names if "700" in name] == []
    assert "never-used" not in (fetched.vendor / "icons.svg").read_text()
    assert "sourceMappingURL" not in (fetched.vendor / "htmx.min.js").read_text()


def test_a_font_has_another_address_when_it_changes(fetched):
    fetched.put_on()
    before = (fetched.vendor / "fonts.css").read_text()
    changed = fetched.packages / "@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-400-normal.woff2"
    changed.write_text("drawn anew")
    fetched.put_on()
    after = (fetched.vendor / "fonts.css").read_text()
    assert [one != other for one, other in zip(before.splitlines(), after.splitlines(), strict=True)].count(True) == 1


def test_dressing_again_leaves_nothing_of_before(fetched):
    fetched.put_on()
    (fetched.vendor / "of-last-year.js").write_text("")
    fetched.put_on()
    assert not (fetched.vendor / "of-last-year.js").exists()


def test_what_was_not_fetched_is_said(fetched, tmp_path):
    with pytest.raises(NotFetched, match="npm ci"):
        Dress(packages=tmp_path / "nowhere", vendor=fetched.vendor).put_on()
    assert not fetched.vendor.exists()


def test_every_icon_that_a_page_asks_for_is_copied():
    asked = re.compile(r"""\bicon\(\s*["']([a-z0-9-]+)["']""")
    templates = [path.read_text() for path in (ROOT / "desk/templates").rglob("*.html")]
    assert {name for text in templates for name in asked.findall(text)} - set(ICONS) == set()
