"""Making a paper: one is asked for by its kind and day, and made for its reader; then it is written in a format."""

from __future__ import annotations

from casework.core.text_rules import name_faults
from casework.core.workspace import Workspace
from casework.papers.continuity_paper import continuity_paper
from casework.papers.document import Paper
from casework.papers.kinds import FORMATS, VERSIONS, Asked, NotMade, PaperKind, Version
from casework.papers.meeting_paper import holders_of, meeting_paper
from casework.papers.report_paper import report_paper
from casework.papers.state_paper import state_paper
from casework.papers.status_paper import status_paper
from casework.papers.words import Words
from notifications.languages import LANGUAGES
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import OneOf, Word, refusal

_OF_ITS_BEARER = {PaperKind.STATE: state_paper, PaperKind.CONTINUITY: continuity_paper}
_OF_A_REGION = (PaperKind.STATUS, PaperKind.CONTINUITY)


def make_paper(workspace: Workspace, asked: Asked, *, reader: Reader) -> Paper:
    """Make a paper of what its reader may read; NotMade says what is missing or does not go together."""
    _require(asked)
    if asked.kind is PaperKind.MEETING:
        return meeting_paper(workspace, asked, version=version_of(asked), reader=reader)
    if asked.kind in _OF_ITS_BEARER:
        words = Words.of(workspace, treaty=asked.treaty, language=asked.language, on=asked.on or workspace.today())
        holders = holders_of(workspace, words, version_of(asked), reader)
        return _OF_ITS_BEARER[asked.kind](workspace, asked, holders=holders, reader=reader)
    if asked.kind is PaperKind.REPORT:
        return report_paper(workspace, asked)
    return status_paper(workspace, asked)


def version_of(asked: Asked) -> Version:
    """Return the version that is made: the one that was asked for, else the usual one."""
    return asked.version or VERSIONS[asked.kind][0]


def written_as(paper: Paper, format_: str) -> bytes:
    """Write a paper in a format; the same paper in the same format is the same to the byte."""
    if format_ == "docx":
        from casework.papers.word import as_word

        return as_word(paper)
    if format_ == "pdf":
        from casework.papers.pdf import as_pdf

        return as_pdf(paper)
    if format_ == "xlsx":
        from casework.papers.workbook import as_workbook

        return as_workbook(paper)
    from casework.papers.markdown import as_markdown

    return as_markdown(paper)


def kind_named(name: str) -> PaperKind:
    """Return the kind of paper of this name, or raise NotMade with those there are."""
    if name not in [*PaperKind]:
        raise NotMade(refusal("no_such_paper", field="kind", kinds=OneOf(Word(kind) for kind in PaperKind)))
    return PaperKind(name)


def _require(asked: Asked) -> None:
    if asked.language not in LANGUAGES:
        raise NotMade(refusal("paper_in_no_such_language", field="language", languages=OneOf(map(Word, LANGUAGES))))
    if version_of(asked) not in VERSIONS[asked.kind]:
        raise NotMade(refusal("no_such_version", field="version", version=version_of(asked)))
    if asked.region is not None and asked.kind not in _OF_A_REGION:
        raise NotMade(refusal("paper_of_all_regions", field="region"))
    if asked.symbol and asked.kind is not PaperKind.REPORT:
        raise NotMade(refusal("paper_without_symbol", field="symbol"))
    if asked.symbol and (faults := [*name_faults(asked.symbol, field="symbol")]):
        raise NotMade(*faults)


__all__ = ["FORMATS", "kind_named", "make_paper", "version_of", "written_as"]
