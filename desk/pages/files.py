"""Files: what came with a fact or a proposal, handed out as a download. Never shown inside a page."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from casework.dossiers.downloads import KeptFile, NotHandedOut, attachment_of
from casework.dossiers.proposal_list import proposed_file
from desk.web.form_answers import Answer
from desk.web.form_parsing import id_of
from desk.web.visit import Visiting

router = APIRouter()
#: If a browser opens it all the same, then without scripts, forms, frames or anything from anywhere.
_POLICY = "sandbox; default-src 'none'"


@router.get("/files/{fact}")
def of_fact(visit: Visiting, fact: str) -> Response:
    """Hand out the file of a fact."""
    try:
        return _download(attachment_of(visit.workspace, fact, treaty=visit.treaty, reader=visit.reader))
    except NotHandedOut as gone:
        return _refused(visit, gone)


@router.get("/proposals/{proposal}/file")
def of_proposal(visit: Visiting, proposal: str) -> Response:
    """Hand out the file of a proposal."""
    try:
        return _download(proposed_file(visit.workspace, id_of(proposal), treaty=visit.treaty, reader=visit.reader))
    except NotHandedOut as gone:
        return _refused(visit, gone)


def _refused(visit: Visiting, gone: NotHandedOut) -> Response:
    return visit.show("refused.html", Answer(status=404, faults=gone.refusals))


def _download(kept: KeptFile) -> Response:
    plain = "".join(c if c.isascii() and c not in '"\\%' else "_" for c in kept.name)
    return FileResponse(  # opens the file anew, right after its bytes were looked at; nobody but its owner writes there
        kept.path,
        media_type=kept.type,
        headers={
            "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(kept.name, safe='')}",
            "content-security-policy": _POLICY,
            "content-encoding": "identity",  # these formats are packed already
            "x-content-type-options": "nosniff",
            "x-download-options": "noopen",
        },
    )
