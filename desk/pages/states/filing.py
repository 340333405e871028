"""The form for a fact, as it was sent: read for the verb that files or proposes it, with what was typed kept.

The typed fields of a kind stand in the form under their own names behind `x_`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Annotated

from fastapi import Depends, File, Form, Request, UploadFile
from starlette.datastructures import FormData

from casework.core.workspace import Workspace
from casework.dossiers.filing import Filing
from casework.files.attachments import Attachment, received, too_large
from desk.web.form_parsing import NotReadable, Text, is_cut, level, source_of
from desk.web.visit import Visit
from notifications.typed_dates import days_in_iso, read_date
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.dates import NotADate, PartialDate
from pathways.grammar.facts import BadField, FactKind
from pathways.grammar.refusals import refusal

_PREFIX = "x_"
_AS_IS_USUAL = "usual"  # for the source: the answer to who may know it that the server gives


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The form as it was sent: text by field, several where several may be ticked, and a file."""

    kind: str = ""
    mark: str = ""
    effective: str = ""
    source: str = ""
    reference: str = ""
    sensitivity: str = ""
    note: str = ""
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    annuls: Sequence[str] = ()
    file: UploadFile | None = None
    is_cut: bool = False  # the file is not whole: it is larger than may be sent

    def typed(self, name: str) -> str:
        """Return what stands in a typed field; several words separated by commas."""
        return ", ".join(self.fields.get(name, ()))

    def attachment(self, workspace: Workspace) -> AbstractContextManager[Attachment | None]:
        """Take in the file that came with it, for the length of a block; NotAdmitted when it is too large."""
        if self.is_cut:
            raise too_large(workspace)
        return received(workspace, self.file.file, self.file.filename) if self.file else nullcontext()

    def filing(self, attachment: Attachment | None, *, visit: Visit, kind: FactKind | None) -> Filing:
        """Return what is to go on file; NotReadable names the field that cannot be read.

        Days are read as the visitor writes them, in the language of the page.
        """
        typed = {name: self.typed(name) for name in self.fields}
        try:
            fields = days_in_iso(kind, typed, visit.language, today=visit.today) if kind else typed
        except BadField as wrong:
            raise NotReadable(*wrong.refusals) from None
        return Filing(
            kind=self.kind,
            effective=_effective(self.effective, visit),
            source=source_of(self.source),
            reference=self.reference.strip(),
            fields=fields,
            annuls=tuple(self.annuls),
            sensitivity=_sensitivity(self.sensitivity),
            note=self.note.strip() or None,
            attachment=attachment,
        )


async def _form(request: Request) -> FormData:
    return await request.form()  # read once already: the fields whose names are known are declared below


def sent(
    request: Request,
    form: Annotated[FormData, Depends(_form)],
    kind: Text = "",
    mark: Text = "",
    effective: Text = "",
    source: Text = "",
    reference: Text = "",
    sensitivity: Text = "",
    note: Text = "",
    annuls: Annotated[list[str] | None, Form()] = None,
    attachment: Annotated[UploadFile | None, File()] = None,
) -> Sent:
    """Read the form for a fact."""
    typed = {key: form.getlist(key) for key in form if key.startswith(_PREFIX)}
    return Sent(
        kind=kind,
        mark=mark,
        effective=effective,
        source=source,
        reference=reference,
        sensitivity=sensitivity,
        note=note.replace("\r\n", "\n"),
        fields={
            key.removeprefix(_PREFIX): tuple(value for value in values if isinstance(value, str))
            for key, values in typed.items()
        },
        annuls=tuple(annuls or ()),
        file=attachment,
        is_cut=is_cut(request),
    )


Sending = Annotated[Sent, Depends(sent)]


def _effective(text: str, visit: Visit) -> PartialDate:
    if not text.strip():
        raise NotReadable(refusal("say_when_it_took_effect", field="effective"))
    try:
        return read_date(text, visit.language, today=visit.today)
    except NotADate as wrong:
        raise NotReadable(*(replace(one, field="effective") for one in wrong.refusals)) from None


def _sensitivity(text: str) -> Sensitivity | None:
    return None if text in ("", _AS_IS_USUAL) else level(text)
