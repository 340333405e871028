"""A paper as a Word document with styles of its own, which an office changes once for every paragraph alike.

Numbers stand as text: a paragraph keeps the number under which somebody has cited it.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from casework.papers.document import Block, Chart, Paper, Paragraph, Table, letter, roman
from casework.papers.drawing import WIDTH, as_png, drawn
from casework.papers.packed import packed_anew

if TYPE_CHECKING:
    from docx.document import Document as Writing

_WIDTH, _INDENT, _POINT = 470, 30, 26  # points
_FACE = "Times New Roman"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_STYLES = (  # name, size, bold, italic, before, after, indent
    ("Paper mark", 9, False, True, 0, 2, 0),
    ("Paper head", 9.5, False, False, 0, 1, 0),
    ("Paper title", 16, True, False, 14, 2, 0),
    ("Paper subtitle", 11, True, False, 0, 6, 0),
    ("Paper paragraph", 11, False, False, 0, 6, _INDENT),
    ("Paper point", 11, False, False, 0, 4, _INDENT + _POINT),
    ("Paper caption", 9.5, True, False, 8, 3, 0),
    ("Paper table", 9.5, False, False, 1, 1, 0),
    ("Paper note", 9, False, False, 0, 2, 16),
    ("Paper foot", 8.5, False, False, 0, 0, 0),
)


def as_word(paper: Paper) -> bytes:
    """Write a paper for Word; the same paper is the same to the byte."""
    document = Document()
    _dress(document, paper)
    _head(document, paper)
    for place, (section, blocks) in enumerate(paper.numbered(), start=1):
        heading = document.add_paragraph(f"{roman(place)}.\t{_clean(section.heading)}", "Heading 1")
        heading.paragraph_format.tab_stops.add_tab_stop(Pt(_INDENT))
        for number, block in blocks:
            _block(document, number, block)
    _notes(document, paper)
    if paper.direction == "rtl":
        _turn(document)
    written = BytesIO()
    document.save(written)
    return packed_anew(written.getvalue(), title=paper.title, language=paper.language, on=paper.on)


def _dress(document: Writing, paper: Paper) -> None:
    """Lay out the page and make the styles."""
    page = document.sections[0]
    page.page_width, page.page_height = Pt(595.3), Pt(841.9)
    page.left_margin = page.right_margin = Pt((595.3 - _WIDTH) / 2)
    page.top_margin, page.bottom_margin = Pt(58), Pt(66)
    page.different_first_page_header_footer = True
    for name, size, bold, italic, before, after, indent in _STYLES:
        style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        _face(style, size, bold=bold, italic=italic)
        _space(style, before, after)
        style.paragraph_format.left_indent = Pt(indent)
    heading: Any = document.styles["Heading 1"]
    _face(heading, 12, bold=True, italic=False)
    _space(heading, 12, 5)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), paper.language)
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    header = page.header.paragraphs[0]
    header.text, header.style = _clean(paper.symbol or paper.title), "Paper foot"
    header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for footer in (page.footer, page.first_page_footer):
        _foot(footer.paragraphs[0], paper)


def _face(style: Any, size: float, *, bold: bool, italic: bool) -> None:
    style.font.name, style.font.size = _FACE, Pt(size)
    style.font.bold, style.font.italic = bold, italic
    style.font.color.rgb = None
    color = style.element.rPr.find(qn("w:color"))
    if color is not None:
        style.element.rPr.remove(color)
    fonts = style.element.rPr.rFonts
    for name in [*fonts.attrib]:
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), _FACE)


def _space(style: Any, before: float, after: float) -> None:
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.08


def _foot(paragraph: Any, paper: Paper) -> None:
    paragraph.style = "Paper foot"
    paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.paragraph_format.right_indent = Pt(0)
    paragraph.add_run(f"{_clean(paper.foot)}\t")
    _field(paragraph, "PAGE")
    paragraph.add_run(" / ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, code: str) -> None:
    """Add what Word reckons by itself, such as the number of the page."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _head(document: Writing, paper: Paper) -> None:
    for mark in paper.marks:
        document.add_paragraph(_clean(mark), "Paper mark")
    masthead = document.add_paragraph(style="Paper head")
    masthead.paragraph_format.tab_stops.add_tab_stop(Pt(_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    name = masthead.add_run(_clean(paper.masthead))
    name.bold, name.font.size = True, Pt(15)
    masthead.add_run(f"\t{_clean(paper.symbol)}")
    _ruled(masthead, 6)
    holder = document.add_table(rows=1, cols=2)
    holder.autofit = False
    for place, lines, width in ((0, paper.left, 0.66), (1, paper.right, 0.34)):
        cell = holder.rows[0].cells[place]
        cell.width = Pt(_WIDTH * width)
        for number, text in enumerate(lines):
            line = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            line.style = "Paper head"
            line.add_run(_clean(text)).bold = number == 0 and place == 0
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if place else None
    _ruled(document.add_paragraph(style="Paper foot"), 14)
    document.add_paragraph(_clean(paper.title), "Paper title")
    if paper.subtitle:
        document.add_paragraph(_clean(paper.subtitle), "Paper subtitle")


def _ruled(paragraph: Any, eighths: int) -> None:
    """Draw a line below a paragraph, so many eighths of a point thick."""
    borders, below = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "3"), ("color", "000000")):
        below.set(qn(f"w:{name}"), value)
    borders.append(below)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:bidi", "w:spacing", "w:ind", "w:jc", "w:rPr")
    )


def _block(document: Writing, number: int, block: Block) -> None:
    if isinstance(block, Paragraph):
        _paragraph(document, number, block)
    elif isinstance(block, Table):
        _table(document, block)
    elif isinstance(block, Chart):
        _chart(document, block)


def _paragraph(document: Writing, number: int, block: Paragraph) -> None:
    paragraph = _hanging(document, f"{number}.", "Paper paragraph", _INDENT)
    if block.lead:
        paragraph.add_run(f"{_clean(block.lead)} ").italic = True
    paragraph.add_run(_clean(block.text))
    for place, point in enumerate(block.points):
        _hanging(document, f"({letter(place)})", "Paper point", _POINT).add_run(_clean(point))


def _hanging(document: Writing, sign: str, style: str, indent: float) -> Any:
    paragraph = document.add_paragraph(f"{sign}\t", style)
    paragraph.paragraph_format.first_line_indent = Pt(-indent)
    return paragraph


def _table(document: Writing, table: Table) -> None:
    _caption(document, table.caption)
    grid = document.add_table(rows=0, cols=len(table.headings))
    grid.style, grid.alignment = "Table Grid", WD_TABLE_ALIGNMENT.LEFT
    last = len(table.rows)
    for number, cells in enumerate((table.headings, *table.rows)):
        row = grid.add_row()
        if number == 0:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # repeated on every page
        for place, (holder, cell) in enumerate(zip(row.cells, cells, strict=True)):
            line = holder.paragraphs[0]
            line.style = "Paper table"
            line.add_run(_clean(str(cell))).bold = number == 0 or (table.has_sum and number == last)
            if isinstance(cell, int) or (number == 0 and place and table.counts):
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph(style="Paper table")


def _chart(document: Writing, chart: Chart) -> None:
    _caption(document, chart.caption)
    holder = document.add_paragraph(style="Paper table")
    picture: Any = holder.add_run().add_picture(BytesIO(as_png(chart)), width=Pt(min(_WIDTH, WIDTH)))
    told = picture._inline.docPr
    told.set("descr", _clean(chart.in_words()))
    told.set("name", f"Chart {drawn(chart).height:.0f}")


def _caption(document: Writing, caption: str) -> None:
    document.add_paragraph(_clean(caption), "Paper caption").paragraph_format.keep_with_next = True


def _notes(document: Writing, paper: Paper) -> None:
    if paper.notes:
        document.add_paragraph(_clean(paper.notes_heading), "Paper caption")
    for number, note in enumerate(paper.notes, start=1):
        _hanging(document, f"{number}.", "Paper note", 16).add_run(_clean(note))


def _turn(document: Writing) -> None:
    """Let every paragraph run from right to left."""
    for paragraph in document.element.body.iter(qn("w:p")):
        paragraph.get_or_add_pPr().insert_element_before(
            OxmlElement("w:bidi"), *("w:spacing", "w:ind", "w:jc", "w:rPr")
        )


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)
