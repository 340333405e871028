"""Carried: what became of one try to carry one letter."""

from __future__ import annotations

from dataclasses import dataclass

from pathways.grammar.refusals import Remark


@dataclass(frozen=True, slots=True)
class Sent:
    """The first server accepted the letter. Whether it was read, nobody knows yet."""


@dataclass(frozen=True, slots=True)
class TryAgain:
    """The way was closed for now; the reason is what the transport said, without secrets."""

    reason: Remark | str


@dataclass(frozen=True, slots=True)
class Rejected:
    """The letter was rejected for good."""

    reason: Remark | str


@dataclass(frozen=True, slots=True)
class NoChannel:
    """There is no way to carry it. `lack` names what is wanting, so that it is reported once."""

    reason: Remark | str
    lack: str


Carried = Sent | TryAgain | Rejected | NoChannel
