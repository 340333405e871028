"""Charts as rectangles and labels on a sheet of 480 units: once thought out, drawn alike in Word and in PDF.

Shades are told apart in black and white, and every bar has its number.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from casework.papers.document import Chart

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

#: They come with the program, so that a paper is the same on every machine.
FONTS = Path(__file__).parent / "fonts"
WIDTH = 480  # units; a unit is a point where a page has room for it
_BAR, _GAP, _LEFT, _KEY = 15, 7, 96, 20
_STANDING = 76
_SHADES = (0x16, 0x86, 0xD6)  # of grey: dark, middle, light
_DOTS = 4  # dots a unit, where it is drawn in dots
_SIZE = 8.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """A rectangle and its shade of grey."""

    x: float
    y: float
    width: float
    height: float
    shade: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A text whose middle line is at `y`; `x` is where it begins, or its middle, as `middle` says."""

    x: float
    y: float
    text: str
    middle: bool = False
    white: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """A chart thought out: how high it is, and what stands where."""

    height: float
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]


def drawn(chart: Chart) -> Drawn:
    """Return where the bars of a chart stand."""
    parts = list(_standing(chart) if chart.stands else _lying(chart))
    height = _STANDING + 32 if chart.stands else _KEY + len(chart.labels) * (_BAR + _GAP)
    return Drawn(
        height=height,
        bars=tuple(part for part in parts if isinstance(part, Bar)),
        labels=tuple(part for part in parts if isinstance(part, Label)),
    )


def _standing(chart: Chart) -> Iterator[Bar | Label]:
    values = chart.series[0].values
    most, room = max((*values, 1)), WIDTH / max(len(values), 1)
    ground = _STANDING + 16
    for place, (label, value) in enumerate(zip(chart.labels, values, strict=True)):
        middle, height = (place + 0.5) * room, _STANDING * value / most
        yield Bar(x=middle - room * 0.3, y=ground - height, width=room * 0.6, height=height, shade=_SHADES[0])
        yield Label(x=middle, y=ground - height - 7, text=str(value), middle=True)
        yield Label(x=middle, y=ground + 8, text=label, middle=True)
    yield Bar(x=0, y=ground, width=WIDTH, height=0.5, shade=0x80)


def _lying(chart: Chart) -> Iterator[Bar | Label]:
    yield from _key(chart)
    sums = [sum(one.values[place] for one in chart.series) for place in range(len(chart.labels))]
    unit = (WIDTH - _LEFT - 30) / max((*sums, 1))
    for place, label in enumerate(chart.labels):
        top, x = _KEY + place * (_BAR + _GAP), float(_LEFT)
        yield Label(x=0, y=top + _BAR / 2, text=label)
        for number, one in enumerate(chart.series):
            width = one.values[place] * unit
            if width:
                yield Bar(x=x, y=top, width=width, height=_BAR, shade=_SHADES[number % len(_SHADES)])
                yield Label(
                    x=x + width / 2, y=top + _BAR / 2, text=str(one.values[place]), middle=True, white=number == 0
                )
            x += width
        yield Label(x=x + 5, y=top + _BAR / 2, text=str(sums[place]))


def _key(chart: Chart) -> Iterator[Bar | Label]:
    room = (WIDTH - _LEFT) / len(chart.series)
    for number, one in enumerate(chart.series):
        x = _LEFT + number * room
        yield Bar(x=x, y=2, width=9, height=9, shade=_SHADES[number % len(_SHADES)])
        yield Label(x=x + 13, y=6.5, text=one.name)


def as_png(chart: Chart) -> bytes:
    """Draw a chart in dots, for where nothing else is shown."""
    from PIL import Image, ImageDraw

    found = drawn(chart)
    sheet = Image.new("L", (WIDTH * _DOTS, round(found.height * _DOTS)), 0xFF)
    pen, font = ImageDraw.Draw(sheet), _font()
    for bar in found.bars:
        corners = (bar.x, bar.y, bar.x + bar.width, bar.y + bar.height)
        pen.rectangle([round(one * _DOTS) for one in corners], fill=bar.shade)
    for label in found.labels:
        at = (label.x * _DOTS, label.y * _DOTS)
        pen.text(at, label.text, font=font, fill=0xFF if label.white else 0, anchor="mm" if label.middle else "lm")
    written = BytesIO()
    sheet.save(written, "PNG", optimize=True, dpi=(72 * _DOTS, 72 * _DOTS))
    return written.getvalue()


@cache
def _font() -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(FONTS / "DejaVuSans.ttf", _SIZE * _DOTS)
