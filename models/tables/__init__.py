"""The tables. A dossier row is a projection of its facts; facts and seals are never changed."""

from models.tables.accounts import Credential, OneTimeLink, Proposal, Reading, SessionRow
from models.tables.ledger import DossierRow, FactContent, FactRow, Seal, StateEntry
from models.tables.letters import AttemptRow, FollowUpRow, LetterRow, NoticeRow
from models.tables.people import ChannelRow, Hold, Mandate, Person
from models.tables.runs import AdvanceRequest, AuditEntry, Incident, IntakeFile, Lease, RunSaid, Setting, SweepRow

__all__ = [
    "AdvanceRequest",
    "AttemptRow",
    "AuditEntry",
    "ChannelRow",
    "Credential",
    "DossierRow",
    "FactContent",
    "FactRow",
    "FollowUpRow",
    "Hold",
    "Incident",
    "IntakeFile",
    "Lease",
    "LetterRow",
    "Mandate",
    "NoticeRow",
    "OneTimeLink",
    "Person",
    "Proposal",
    "Reading",
    "RunSaid",
    "Seal",
    "SessionRow",
    "Setting",
    "StateEntry",
    "SweepRow",
]
