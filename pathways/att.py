"""The Arms Trade Treaty (2013): what the treaty says, and how States are accompanied into it.

Periods marked [BK] are customs of the trade, not law: a Secretariat may edit them.
"""

from __future__ import annotations

from datetime import date

from pathways.grammar.clearance import Sensitivity
from pathways.grammar.deadlines import MAY, Threshold, days, days_after, each_year_on, years_after
from pathways.grammar.facts import SourceKind
from pathways.grammar.pathway import By, Chase, Duty, Pathway, Route
from pathways.grammar.roles import Role
from pathways.grammar.stages import Instrument, Stage
from pathways.grammar.terms import MEETINGS, Instruments, NotificationNumber, Periods, Rule
from pathways.grammar.words import (
    ANY,
    EVERYBODY,
    act,
    back,
    bound,
    cause,
    choice,
    day,
    depositary_act,
    due_form,
    enquiry_answer,
    ledger_kinds,
    listed,
    not_signed,
    note,
    number,
    office,
    on_file,
    proof,
    route_complete,
    statement,
    step,
    text,
    withdrawn,
    yes_no,
)

OUTSIDE, INTEREST, ASSISTANCE = Stage.OUTSIDE, Stage.INTEREST, Stage.ASSISTANCE
LEGISLATION, DEPOSIT, IMPLEMENTATION = Stage.LEGISLATION, Stage.DEPOSIT, Stage.IMPLEMENTATION

_INSTRUMENTS = Instruments(
    of_a_signatory=(Instrument.RATIFICATION, Instrument.ACCEPTANCE, Instrument.APPROVAL),  # art. 21(2)
    of_another_state=(Instrument.ACCESSION, Instrument.SUCCESSION),  # art. 21(3)
    accession_from=date(2014, 12, 24),  # art. 21(3)
)
_ANY_INSTRUMENT = (*_INSTRUMENTS.of_a_signatory, *_INSTRUMENTS.of_another_state)
_NEEDS = ("legal", "institutional", "technical", "material", "financial", "stockpile", "ddr", "model_law")  # art. 16
_COURT = frozenset({SourceKind.COURT, SourceKind.GAZETTE, SourceKind.NOTE_VERBALE, SourceKind.EXAMPLE})

KINDS = (
    # Acts before the depositary: art. 21 to 24 and 27.
    act("signature", "signature"),
    act("provisional_application", "declaration of provisional application"),  # art. 23
    act(
        "deposit",
        "deposit of the instrument",
        choice("instrument", *_ANY_INSTRUMENT, required=True),
        text("cn", "depositary notification, C.N.…"),
    ),
    act("withdrawal", "notification of withdrawal", day("takes_effect_on", "a later day, if named")),  # art. 24
    act("declaration_not_to_join", "communication that the State will not become a party", day("review_on")),
    # Interest.
    note("signal", "signal of interest", office("speaker", "the office that spoke"), text("channel"), is_own_work=True),
    note(
        "contact_named",
        "contact named",
        office("ministry", "the ministry or mission", required=True),
        choice("reached_by", "person", "role_mailbox"),
    ),
    note(
        "exchange",
        "exchange with the State",
        office("office", "the office spoken with"),
        text("channel"),
        is_own_work=True,
    ),
    note("obstacle", "obstacle", text("reason", required=True), is_assessment=True, is_own_work=True),
    statement("statement at a meeting"),
    enquiry_answer("answer to the enquiry", _NEEDS),
    # Assistance.
    note(
        "needs_recorded",
        "needs for assistance recorded",
        listed("categories", "categories of art. 16(1)", choices=_NEEDS, required=True),
    ),
    note("advice_given", "advice on programmes and their order given", listed("programmes", required=True)),
    note("assistance_applied", "assistance applied for", text("programme", required=True)),
    note("assistance_awarded", "assistance awarded", text("programme", required=True)),
    note("assistance_delivered", "assistance delivered", text("programme", required=True)),
    # Legislation.
    proof("committee", "inter-agency committee", listed("ministries", "its members", required=True)),
    proof("gap_analysis", "gap analysis", listed("articles", "articles of the Treaty it covers"), sources=EVERYBODY),
    proof("cabinet_approval", "cabinet approval", text("minute", "its reference")),
    proof("executive_ratification", "executive act of ratification at home", text("act", "its reference")),
    proof("bill", "bill before parliament", text("bill_number", required=True)),
    proof("implementing_law", "implementing law", text("law_number", required=True), text("gazette")),
    proof("regulations", "implementing regulations", text("reference", required=True), text("gazette")),
    proof(
        "parliamentary_approval",
        "parliamentary approval",
        text("law_number", "number of the law or resolution", required=True),
        text("majority", "kind of majority or the vote"),
        text("gazette"),
    ),
    proof(
        "constitutional_review", "constitutional review passed", text("ruling_number", required=True), sources=_COURT
    ),
    proof("subnational_assent", "assent of the constituent units", listed("units", required=True)),
    # Deposit.
    proof(
        "instrument_prepared",
        "instrument prepared",
        choice("instrument", *_ANY_INSTRUMENT, required=True),
        choice(
            "signed_by",
            "head_of_state",
            "head_of_government",
            "foreign_minister",
            "full_powers",
            required=True,
            says="who signs; anybody else needs full powers",
        ),
        text("place"),
    ),
    proof("reservations_checked", "reservations and declarations checked", choice("text", "none", "attached")),
    proof("transmitted", "instrument on its way to the Treaty Section", text("note_reference")),
    # Causes to go back.
    note("ruling", "ruling that undoes a step", text("ruling_number", required=True), sources=_COURT),
    note(
        "setback",
        "event at home that sets the process back",
        choice("cause", "dissolution", "change_of_government", "wish_of_state", required=True),
    ),
    # Duties of a party.
    note("contact_point", "national point of contact notified", sensitivity=Sensitivity.PARTIES),  # art. 5(6)
    note("welcome_pack", "welcome pack sent", text("language"), sensitivity=Sensitivity.COORDINATION),
    note("initial_report", "initial report received", yes_no("public"), sensitivity=Sensitivity.PARTIES),
    note(
        "annual_report",
        "annual report received",
        number("year", "the calendar year it covers", required=True),
        yes_no("public"),
        sensitivity=Sensitivity.PARTIES,
    ),
    note(
        "duty_waived",
        "duty waived",
        choice("duty", "initial report", "annual report", required=True),
        number("year"),
        sensitivity=Sensitivity.COORDINATION,
    ),
)

_BEFORE_PARLIAMENT = ("committee", "gap_analysis", "cabinet_approval")
ROUTES = (  # part 2.5
    Route(
        key="T1",
        title="Parliament approves, the executive deposits",
        proofs=(*_BEFORE_PARLIAMENT, "parliamentary_approval"),
        order=(("cabinet_approval", "parliamentary_approval"), ("parliamentary_approval", "instrument_prepared")),
    ),
    Route(
        key="T2",
        title="The executive ratifies, then the senate concurs",
        proofs=(*_BEFORE_PARLIAMENT, "executive_ratification", "parliamentary_approval"),
        order=(
            ("executive_ratification", "parliamentary_approval"),
            ("parliamentary_approval", "instrument_prepared"),
        ),
    ),
    Route(
        key="T3",
        title="Parliament approves, the constitutional court reviews and may annul",
        proofs=(*_BEFORE_PARLIAMENT, "parliamentary_approval", "constitutional_review"),
        order=(
            ("cabinet_approval", "parliamentary_approval"),
            ("parliamentary_approval", "constitutional_review"),
            ("constitutional_review", "instrument_prepared"),
        ),
    ),
    Route(
        key="T4",
        title="Implementing law and regulations before deposit",
        proofs=(*_BEFORE_PARLIAMENT, "implementing_law", "regulations"),
        order=(("cabinet_approval", "implementing_law"), ("implementing_law", "instrument_prepared")),
    ),
)

PATHWAY = Pathway(
    key="att",
    title="Arms Trade Treaty",
    title_in={"fr": "Traité sur le commerce des armes", "es": "Tratado sobre el Comercio de Armas"},
    depositary="Secretary-General of the United Nations",  # art. 27
    reference="XXVI-8",
    notification=NotificationNumber(pattern=r"C\.?N\.?\s?\d+\.\d{4}[\w.\-]*", example="C.N.811.2017"),
    opened_for_signature=date(2013, 6, 3),  # art. 21(1)
    closed_for_signature=date(2014, 12, 24),  # art. 21(1): until its entry into force
    threshold=Threshold(
        deposits=50,
        met=date(2014, 9, 25),
        rule=days_after(90),
        later_from=date(2014, 12, 24),  # whoever deposited after the fiftieth, before that day, is bound with it
    ),  # art. 22(1)
    entered_into_force=date(2014, 12, 24),  # art. 22(1)
    binding=days_after(90),  # art. 22(2)
    withdrawal=days_after(90),  # art. 24
    instruments=_INSTRUMENTS,
    articles={
        Rule.SIGNATURE: "21(1)",
        Rule.INSTRUMENT: "21",
        Rule.OF_A_SIGNATORY: "21(2)",
        Rule.OF_ANOTHER_STATE: "21(2), (3)",
        Rule.ACCESSION: "21(3)",
        Rule.ENTRY_INTO_FORCE: "22(1)",
        Rule.BINDING: "22(2)",
        Rule.BEING_BOUND: "22",
        Rule.PROVISIONAL_APPLICATION: "23",
        Rule.WITHDRAWAL: "24",
    },
    meetings=("csp", "wgtu", *MEETINGS),
    words={
        "csp": "Conference of States Parties",
        "wgtu": "Working Group on Treaty Universalization",
        "legal": "legal assistance",
        "institutional": "institution-building",
        "technical": "technical assistance",
        "material": "material assistance",
        "financial": "financial assistance",
        "stockpile": "stockpile management",
        "ddr": "disarmament, demobilization and reintegration",
        "model_law": "model legislation",
        "cn": "depositary notification, C.N.…",
    },
    kinds=(*KINDS, *ledger_kinds(tuple(r.key for r in ROUTES))),
    steps=(
        step("voice_interest", "Interest voiced", OUTSIDE, INTEREST, on_file("signal")),
        step("signed", "Signed", OUTSIDE, INTEREST, depositary_act("signature"), by=By.RECORD),  # art. 21(1)
        step("ask_for_help", "Assistance asked for", INTEREST, ASSISTANCE, on_file("contact_named", "needs_recorded")),
        step("start_drafting", "Drafting begun", (INTEREST, ASSISTANCE), LEGISLATION, on_file("contact_named")),
        step(
            "prepare_instrument",
            "Instrument ready for deposit",
            LEGISLATION,
            DEPOSIT,
            route_complete(),
            due_form(),
            on_file("reservations_checked"),  # art. 25
        ),
        # Art. 21(4): that an instrument was deposited is the depositary's word, not ours.
        step("deposited", "Instrument deposited", ANY, DEPOSIT, depositary_act("deposit"), by=By.RECORD),
        step("enter_into_force", "In force for the State", DEPOSIT, IMPLEMENTATION, bound(), by=By.DATE),  # 22(2)
        step("withdraw", "Withdrawn", (DEPOSIT, IMPLEMENTATION), OUTSIDE, withdrawn(), by=By.DATE),  # art. 24
        # Before deposit only: afterwards the depositary's word alone undoes (part 2.4).
        back("strike_down", "Struck down", (LEGISLATION, DEPOSIT), LEGISLATION, cause("ruling")),
        back("start_over", "Begun again", (ASSISTANCE, LEGISLATION, DEPOSIT), INTEREST, cause("setback")),
        back(
            "stand_aside",
            "Interest withdrawn",
            (INTEREST, ASSISTANCE, LEGISLATION, DEPOSIT),
            OUTSIDE,
            cause("setback"),
            not_signed(),
        ),
    ),
    routes=ROUTES,
    periods=Periods(  # [BK]
        contradiction=days(7), review=days(14), ready=days(14), date_passed=days(30), vanished=days(14), rung=days(14)
    ),
    chases=(  # periods [BK]
        Chase(stage=INTEREST, after=days(90), patience=days(14)),
        Chase(stage=ASSISTANCE, after=days(90), patience=days(14)),
        Chase(stage=LEGISLATION, after=days(180), patience=days(14)),
        Chase(stage=DEPOSIT, after=days(30), patience=days(14), ask=Role.CHAMPION),
    ),
    duties=(
        Duty(
            name="initial report",
            rule=years_after(1, less=days(1)),  # art. 13(1): within the first year
            done_by="initial_report",
            article="13(1)",
            lead=days(90),
            in_letters={"en": "the initial report", "fr": "le rapport initial", "es": "el informe inicial"},
        ),
        Duty(
            name="annual report",
            rule=each_year_on(31, MAY),  # art. 13(3); the first covers the first full calendar year
            done_by="annual_report",
            article="13(3)",
            lead=days(30),
            in_letters={"en": "the annual report", "fr": "le rapport annuel", "es": "el informe anual"},
        ),
    ),
)
