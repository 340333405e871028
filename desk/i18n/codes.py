"""Codes in English, marked for the catalogues: what stages, roles, occasions, sources and the like are called.

Data alone. Words stand as in the middle of a sentence; where one begins with them, the first letter is raised when
it is shown.
"""

from __future__ import annotations

from desk.i18n.catalogues import marked as _

STAGES = {
    "outside": _("outside"),
    "interest": _("interest"),
    "assistance": _("assistance"),
    "legislation": _("legislation"),
    "deposit": _("deposit"),
    "implementation": _("implementation"),
}
_STATUS = {
    "open": _("open"),
    "kept": _("kept"),
    "renewed": _("renewed"),
    "lapsed": _("lapsed"),
    "paused": _("paused by the State"),
    "declined": _("declined"),
    "non_signatory": _("non-signatory"),
    "signatory": _("signatory"),
    "deposited": _("deposited"),
    "state_party": _("State Party"),
    "withdrawal_notified": _("withdrawal notified"),
    "withdrawn": _("withdrawn"),
    "ratification": _("ratification"),
    "acceptance": _("acceptance"),
    "approval": _("approval"),
    "accession": _("accession"),
    "succession": _("succession"),
    "upcoming": _("upcoming"),
    "due": _("due"),
    "overdue": _("overdue"),
    "done": _("done"),
    "waived": _("waived"),
    "not_known": _("not known: fell due before this record was opened"),
}
_ROLES = {
    "secretariat": _("Secretariat"),
    "president": _("President of the Conference"),
    "chair": _("chair of the working group"),
    "coordinator": _("regional coordinator"),
    "champion": _("regional champion"),
    "contact": _("contact of the State"),
    "person": _("by a person"),
    "date": _("by date"),
}
_ACTORS = {
    "the operator": _("the operator"),
    "the record itself": _("the record itself"),
}
_LOOKED_AT = {
    "mail server": _("mail server"),
    "disk": _("disk"),
    "home": _("home of the record"),
    "files": _("files"),
    "offices": _("rooms of offices"),
    "links": _("links in letters"),
    "sweep": _("daily sweep"),
    "letters to carry": _("letters to carry"),
    "letters undelivered": _("letters undelivered"),
    "seal of the ledger": _("seal of the ledger"),
    "seals kept elsewhere": _("seals kept elsewhere"),
    "append-only ledger": _("append-only ledger"),
    "backups": _("backups"),
    "lease": _("run at work"),
    "shared sweep": _("shared sweep"),
    "incidents": _("incidents"),
    "failure": _("not dealt with yet"),
    "file left lying": _("file left lying"),
    "appointments": _("appointments"),
    "way in": _("way in"),
    "inbox": _("folder for depositary files"),
}
_RUNS = {
    "advance": _("requested step"),
    "audit": _("nightly audit"),
    "backup": _("nightly backup"),
    "intake": _("intake"),
    "post": _("post"),
    "retention": _("retention"),
}
_SOURCES = {
    "depositary": _("depositary"),
    "record": _("record"),
    "note_verbale": _("note verbale"),
    "gazette": _("official gazette"),
    "parliament": _("parliament"),
    "court": _("court"),
    "government": _("government"),
    "statement": _("statement"),
    "press": _("press"),
    "assessment": _("assessment"),
    "example": _("example"),
}
_LEVELS = {
    "public": _("public"),
    "parties": _("States Parties"),
    "coordination": _("coordination"),
    "confidential": _("confidential"),
    "personal": _("personal"),
}
_OCCASIONS = {
    "ready": _("ready to advance"),
    "silence": _("nothing heard"),
    "promise_due": _("promise to ask about"),
    "date_near": _("a date is near"),
    "date_passed": _("a date has passed"),
    "review": _("time to ask again"),
    "contradiction": _("contradiction to settle"),
    "own": _("follow-up opened by a person"),
    "proposal": _("proposal to decide"),
    "nobody": _("nobody appointed"),
    "enquiry": _("enquiry"),
    "enquiry_again": _("enquiry, asked again"),
    "enquiry_silent": _("enquiry without an answer"),
    "enquiry_nobody": _("enquiry that reaches nobody"),
    "incident": _("incident"),
    "run_failed": _("run that failed"),
    "file_not_taken_in": _("file not taken in"),
    "vanished": _("act no longer listed"),
    "letter_dead": _("letter not delivered"),
    "unreachable": _("person not reachable"),
    "no_mail_server": _("no mail server"),
    "kept_long_enough": _("kept as long as the rules say"),
    "step_by_date": _("step that the day itself takes"),
    "step": _("step"),
    "link": _("link"),
    "task": _("task"),
    "chase": _("reminder"),
    "news": _("news"),
    "follow_up": _("follow-up"),
    "duty": _("duty"),
    "entry_into_force": _("entry into force"),
    "withdrawal": _("withdrawal"),
}
_LETTERS = {
    "waiting": _("waiting"),
    "again": _("to be tried again"),
    "sent": _("accepted by the server"),
    "accepted": _("accepted by the server"),
    "failed": _("failed"),
    "dead": _("failed for good"),
    "held": _("held"),
    "came_back": _("came back"),
    "given_up": _("given up"),
}
_OUTCOMES = {
    "overtaken": _("overtaken by a fact"),
    "handed over": _("handed over"),
    "not needed": _("not needed"),
    "step taken": _("the step was taken"),
    "heard from": _("the State was heard from"),
}
#: What the record itself says of an outcome; what a person said stands as it was said.
_BY_THE_RECORD = {
    "somebody was appointed": _("somebody was appointed"),
    "letters can be carried now": _("letters can be carried now"),
    "the dossier was treated again": _("the dossier was treated again"),
    "the proposal was accepted": _("the proposal was accepted"),
    "the proposal was declined": _("the proposal was declined"),
    "the letter is tried again": _("the letter is tried again"),
    "the file was taken in": _("the file was taken in"),
    "nothing is kept longer than the rules say": _("nothing is kept longer than the rules say"),
    "by a person": _("by a person"),
    "the enquiry is closed": _("the enquiry is closed"),
    "the State has answered": _("the State has answered"),
    "the State is on its way in": _("the State is on its way in"),
    "there is somebody to write to": _("there is somebody to write to"),
}
_PLACES = {
    "Africa": _("Africa"),
    "Americas": _("Americas"),
    "Asia": _("Asia"),
    "Europe": _("Europe"),
    "Oceania": _("Oceania"),
    "African States": _("African States"),
    "Asia-Pacific States": _("Asia-Pacific States"),
    "Eastern European States": _("Eastern European States"),
    "Latin American and Caribbean States": _("Latin American and Caribbean States"),
    "Western European and other States": _("Western European and other States"),
}
_FIELDS = {
    "yes": _("yes"),
    "no": _("no"),
    "none": _("none"),
    "attached": _("attached"),
    "role_mailbox": _("mailbox of the office"),
    "head_of_state": _("head of State"),
    "head_of_government": _("head of government"),
    "foreign_minister": _("minister for foreign affairs"),
    "full_powers": _("somebody with full powers"),
    "dissolution": _("dissolution of parliament"),
    "change_of_government": _("change of government"),
    "wish_of_state": _("wish of the State"),
}
_DONE_BY_INSTRUMENT = {
    "ratifies": _("ratifies"),
    "accepts": _("accepts"),
    "approves": _("approves"),
    "accedes": _("accedes"),
    "succeeds": _("succeeds"),
}
_MEETINGS = {
    "preparatory": _("preparatory meeting"),
    "treaty_event": _("Treaty Event"),
    "workshop": _("workshop"),
    "bilateral": _("bilateral meeting"),
    "other": _("other"),
    "webcast": _("webcast"),
    "closed": _("closed"),
    "coming": _("coming"),
    "under_way": _("under way"),
    "over": _("over"),
    "was_held": _("was held"),
    "cancelled": _("cancelled"),
    "law_progress": _("progress of a law"),
    "outreach": _("outreach"),
    "assistance_received": _("assistance received"),
    "assistance_given": _("assistance given"),
    "promise": _("promise"),
    "experience": _("experience"),
    "offer": _("offer"),
    "position": _("position"),
    "draft": _("to be checked"),
    "checked": _("checked"),
    "struck": _("struck out"),
    "taken_back": _("taken back"),
}
_ENQUIRIES = {
    "not_begun": _("not begun"),
    "considered": _("being considered"),
    "drafted": _("law or decision being drafted"),
    "before_parliament": _("before cabinet or parliament"),
    "approved_at_home": _("approved at home, not yet deposited"),
    "not_intended": _("joining is not intended"),
    "security_concerns": _("concerns of security policy"),
    "little_knowledge": _("too little knowledge of the controls that are needed"),
    "communication": _("communication between the offices concerned"),
    "domestic_politics": _("domestic politics and procedure"),
    "industry_concerns": _("concerns of the defence industry"),
    "institutions": _("institutions or systems not ready"),
    "sovereignty": _("concerns about sovereignty and procurement"),
    "few_resources": _("too few people, means or expertise for the law"),
    "new_officials": _("officials newly in charge"),
    "other_hindrance": _("something else"),
}
WORDS = (
    _DONE_BY_INSTRUMENT
    | STAGES
    | _STATUS
    | _ROLES
    | _ACTORS
    | _LOOKED_AT
    | _RUNS
    | _SOURCES
    | _LEVELS
    | _OCCASIONS
    | _LETTERS
    | _MEETINGS
    | _ENQUIRIES
    | _OUTCOMES
    | _BY_THE_RECORD
    | _PLACES
    | _FIELDS
)
#: What the program itself has put beside facts, in the record that comes with it and in the sample cases; what
#: anybody else wrote stands as it was written.
RECORDED = {
    "sample case": _("sample case"),
    "an example": _("an example"),
    "sample minute": _("sample minute"),
    "sample act": _("sample act"),
    "8 years between signature and ratification.": _("8 years between signature and ratification."),
    "8.5 years between signature and ratification.": _("8.5 years between signature and ratification."),
    "11 years between signature and ratification.": _("11 years between signature and ratification."),
    "Deposited after the 50th instrument but before 2014-12-24: in force 2014-12-24 under Art. 22(1).": _(
        "Deposited after the 50th instrument but before 2014-12-24: in force 2014-12-24 under Art. 22(1)."
    ),
}
