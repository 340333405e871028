"""A paper as PDF, drawn in fonts that come with the program: no browser, no clock, no font of the machine."""

from __future__ import annotations

from datetime import UTC, datetime, time

from fpdf import FPDF, FontFace
from fpdf.enums import Align, MethodReturnValue, XPos, YPos
from fpdf.fonts import TTFFont

from casework.papers.document import Block, Chart, Paper, Paragraph, Table, letter, roman
from casework.papers.drawing import FONTS, WIDTH, drawn

_MARGIN, _TOP, _BOTTOM, _INDENT, _POINT = 62, 58, 66, 30, 24  # points
_BODY, _SMALL, _LINE = 9.8, 7.6, 14.2
_FEW, _NARROW = 3, 0.6  # a table of few columns is narrow
_SHORTEST, _LONGEST = 12, 28  # letters for which a column of words has room in proportion
_NO_LETTER = "\u25a1"
_BOLD = FontFace(emphasis="BOLD")
_FACES = {"": "DejaVuSerif.ttf", "B": "DejaVuSerif-Bold.ttf", "I": "DejaVuSerif-Italic.ttf"}


def as_pdf(paper: Paper) -> bytes:
    """Write a paper as PDF; the same paper is the same to the byte."""
    sheet = _Sheet(paper)
    sheet.write_paper()
    return bytes(sheet.output())


class _Sheet(FPDF):
    """The pages of a paper while they are drawn."""

    def __init__(self, paper: Paper) -> None:
        """Lay out the page, and say of the file what the paper says of itself."""
        super().__init__(unit="pt", format="A4")
        self.paper = paper
        self.start = Align.R if paper.direction == "rtl" else Align.L
        self.set_margins(_MARGIN, _TOP, _MARGIN)
        self.set_auto_page_break(True, margin=_BOTTOM)
        for style, name in _FACES.items():
            self.add_font("serif", style, FONTS / name)
        self.add_font("sans", "", FONTS / "DejaVuSans.ttf")
        self.letters = {c for one in self.fonts.values() if isinstance(one, TTFFont) for c in one.cmap}
        self.set_fallback_fonts(["sans"], exact_match=False)
        self.set_text_shaping(True)
        self.set_title(paper.title)
        self.set_lang(paper.language)
        self.set_producer("Accede")
        self.set_creation_date(datetime.combine(paper.on, time.min, UTC))

    def normalize_text(self, text: str) -> str:
        """Show a box for a letter that the fonts do not have: else it would be left out, and nobody would see it."""
        return super().normalize_text("".join(c if ord(c) in self.letters or c.isspace() else _NO_LETTER for c in text))

    def header(self) -> None:
        """Repeat the symbol, else the title, on every page but the first."""
        if self.page_no() == 1:
            return
        self.set_font("serif", "", _SMALL)
        self.cell(0, 10, self.paper.symbol or self.paper.title, align=Align.R, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self._rule(0.6)
        self.ln(10)

    def footer(self) -> None:
        """Say on every page who may hold it and as of when it is."""
        self.set_font("serif", "", _SMALL)
        room = self.epw - 50
        height = self.multi_cell(room, 9.5, self.paper.foot, dry_run=True, output=MethodReturnValue.HEIGHT)
        assert isinstance(height, float)
        self.set_y(-30 - height)
        top = self.y
        self.multi_cell(room, 9.5, self.paper.foot, align=self.start)
        self.set_xy(-_MARGIN - 50, top)
        self.cell(50, 9.5, f"{self.page_no()} / {{nb}}", align=Align.R)

    def write_paper(self) -> None:
        """Draw the whole paper."""
        paper = self.paper
        self.add_page()
        self._head()
        self._text(paper.title, "B", 15, 20)
        if paper.subtitle:
            self.ln(2)
            self._text(paper.subtitle, "B", _BODY, _LINE)
        for place, (section, blocks) in enumerate(paper.numbered(), start=1):
            self._heading(f"{roman(place)}.", section.heading)
            for number, block in blocks:
                self._block(number, block)
        self._notes()

    def _head(self) -> None:
        paper = self.paper
        for mark in paper.marks:
            self._text(mark, "I", _SMALL + 0.6, 11)
        self.set_font("serif", "B", 15)
        self.cell(self.epw / 2, 20, paper.masthead)
        self.set_font("serif", "", _SMALL + 0.6)
        self.cell(0, 20, paper.symbol, align=Align.R, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self._rule(0.6)
        self.ln(4)
        top, ends = self.y, []
        width = self.epw * 0.66
        for lines, x, room, align in (
            (paper.left, self.l_margin, width, Align.L),
            (paper.right, self.l_margin + width, self.epw - width, Align.R),
        ):
            self.set_y(top)
            for number, line in enumerate(lines):
                self.set_font("serif", "B" if number == 0 and align is Align.L else "", _SMALL + 0.9)
                self.set_x(x)
                self.multi_cell(room, 11.5, line, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            ends.append(self.y)
        self.set_y(max(ends) + 4)
        self._rule(1.6)
        self.ln(14)

    def _rule(self, width: float) -> None:
        self.set_line_width(width)
        self.line(self.l_margin, self.y, self.w - self.r_margin, self.y)

    def _heading(self, sign: str, heading: str) -> None:
        self._keep_together(60)
        self.ln(9)
        self.set_font("serif", "B", _BODY + 1)
        self.cell(_INDENT, 16, sign)
        self.multi_cell(0, 16, heading, align=self.start, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(2)

    def _block(self, number: int, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._paragraph(number, block)
        elif isinstance(block, Table):
            self._table(block)
        elif isinstance(block, Chart):
            self._chart(block)

    def _paragraph(self, number: int, block: Paragraph) -> None:
        self._keep_together(2 * _LINE)
        self.set_font("serif", "", _BODY)
        self.cell(_INDENT, _LINE, f"{number}.")
        if block.lead:
            self._led(block)
        else:
            self.multi_cell(0, _LINE, block.text, align=self.start, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        for place, point in enumerate(block.points):
            self.ln(2)
            self._keep_together(_LINE)
            self.set_x(self.l_margin + _INDENT)
            self.cell(_POINT, _LINE, f"({letter(place)})")
            self.multi_cell(0, _LINE, point, align=self.start, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(6)

    def _led(self, block: Paragraph) -> None:
        """Write a paragraph that begins in italics, and goes on in the same line."""
        self.set_left_margin(_MARGIN + _INDENT)
        self.set_font("serif", "I", _BODY)
        self.write(_LINE, f"{block.lead} ")
        self.set_font("serif", "", _BODY)
        self.write(_LINE, block.text)
        self.set_left_margin(_MARGIN)
        self.ln(_LINE)

    def _table(self, table: Table) -> None:
        self._caption(table.caption, room=40 + 15 * min(len(table.rows), 12))
        self.set_font("serif", "", _SMALL + 0.8)
        self.set_line_width(0.4)
        places = len(table.headings)
        numbers = table.counts
        aligns = ["L", *("R" if numbers else "L" for _ in range(places - 1))]
        with self.table(
            borders_layout="HORIZONTAL_LINES",
            col_widths=(2.2, *(1.0 for _ in range(places - 1))) if numbers else _widths(table),
            text_align=tuple(aligns),
            line_height=12.5,
            padding=(1.5, 3),
            width=self.epw * (_NARROW if places <= _FEW else 1),
            align=self.start,
        ) as grid:
            for number, cells in enumerate((table.headings, *table.rows)):
                row = grid.row(style=_BOLD if table.has_sum and number == len(table.rows) else None)
                for cell in cells:
                    row.cell(str(cell))
        self.ln(10)

    def _chart(self, chart: Chart) -> None:
        found = drawn(chart)
        scale = min(1.0, self.epw / WIDTH)
        self._caption(chart.caption, room=found.height * scale + 8)
        left, top = self.l_margin, self.y + 2
        for bar in found.bars:
            self.set_fill_color(bar.shade)
            self.rect(left + bar.x * scale, top + bar.y * scale, bar.width * scale, bar.height * scale, style="F")
        self.set_font("sans", "", 7.4)
        for label in found.labels:
            self.set_text_color(255 if label.white else 0)
            before = self.get_string_width(label.text) / 2 if label.middle else 0
            self.text(left + label.x * scale - before, top + label.y * scale + 2.6, label.text)
        self.set_text_color(0)
        self.set_fill_color(255)
        self.set_y(top + found.height * scale + 8)

    def _caption(self, caption: str, *, room: float) -> None:
        self._keep_together(room + 18)
        self._text(caption, "B", _SMALL + 1, 14)
        self.ln(2)

    def _notes(self) -> None:
        if not self.paper.notes:
            return
        self.ln(8)
        self._keep_together(30)
        self._text(self.paper.notes_heading, "B", _SMALL + 1, 13)
        self.set_font("serif", "", _SMALL + 0.4)
        for number, note in enumerate(self.paper.notes, start=1):
            self.cell(16, 11, f"{number}.")
            self.multi_cell(0, 11, note, align=self.start, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _text(self, text: str, style: str, size: float, line: float) -> None:
        self.set_font("serif", style, size)
        self.multi_cell(0, line, text, align=self.start, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _keep_together(self, room: float) -> None:
        if self.will_page_break(room):
            self.add_page()


def _widths(table: Table) -> tuple[int, ...]:
    """Return how wide the columns of a table of words are beside each other: as their longest cell, within limits."""
    longest = (max(len(str(cell)) for cell in column) for column in zip(table.headings, *table.rows, strict=True))
    return tuple(min(max(length, _SHORTEST), _LONGEST) for length in longest)
