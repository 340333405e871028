"""A treaty that does not exist: its titles, articles, proofs, periods and duties are no real one's.

It stands for every treaty to come. The program must accompany States into it as well as into those it was built for.
"""

from __future__ import annotations

from datetime import date

from pathways.grammar.clearance import Sensitivity
from pathways.grammar.deadlines import (
    SEPTEMBER,
    Threshold,
    days,
    each_year_on,
    first_of_month_after,
    months_after,
    years_after,
)
from pathways.grammar.pathway import By, Chase, Duty, Pathway, Route
from pathways.grammar.stages import Instrument, Stage
from pathways.grammar.terms import Instruments, NotificationNumber, Periods, Rule
from pathways.grammar.words import (
    ANY,
    act,
    back,
    bound,
    cause,
    choice,
    depositary_act,
    due_form,
    ledger_kinds,
    listed,
    note,
    number,
    on_file,
    proof,
    route_complete,
    step,
    text,
    withdrawn,
)

OUTSIDE, INTEREST, ASSISTANCE = Stage.OUTSIDE, Stage.INTEREST, Stage.ASSISTANCE
LEGISLATION, DEPOSIT, IMPLEMENTATION = Stage.LEGISLATION, Stage.DEPOSIT, Stage.IMPLEMENTATION

_INSTRUMENT = choice("instrument", Instrument.RATIFICATION, Instrument.ACCESSION, required=True)
_PARTIES = Sensitivity.PARTIES

KINDS = (
    act("signature", "signing of the book"),
    act("deposit", "deposit with the chancery", _INSTRUMENT, text("folio", "folio of the chancery's register")),
    act("withdrawal", "notice of leaving"),
    note("approach", "approach made by a State", text("office")),
    note("focal_point", "focal point designated", text("ministry", "ministry of waters", required=True)),
    note("pilot_wanted", "pilot basin wanted", listed("basins", "by their names", required=True)),
    proof("basin_survey", "survey of the basin", text("survey_number", required=True)),
    proof("water_code", "water code adopted", text("code_number", required=True)),
    proof("assembly_vote", "vote of the assembly", text("roll", "number of the roll")),
    proof("instrument_prepared", "instrument drawn up", _INSTRUMENT),
    note("annulment", "vote annulled", text("judgment", required=True)),
    note("first_account", "first account of waters received", sensitivity=_PARTIES),
    note("season_survey", "survey of the season received", number("year", required=True), sensitivity=_PARTIES),
    note("basin_atlas", "atlas of basins received", sensitivity=_PARTIES),
)

ROUTES = (
    Route(
        key="assembly",
        title="Survey, then code, then the assembly",
        proofs=("basin_survey", "water_code", "assembly_vote"),
        order=(
            ("basin_survey", "water_code"),
            ("water_code", "assembly_vote"),
            ("assembly_vote", "instrument_prepared"),
        ),
    ),
)

PATHWAY = Pathway(
    key="rivers",
    title="Convention on Shared Rivers",
    title_in={"fr": "Convention sur les fleuves partagés", "es": "Convenio sobre los ríos compartidos"},
    depositary="Chancery of the Rivers",
    reference="Folio 7",
    notification=NotificationNumber(pattern=r"FR/\d+/\d{4}", example="FR/12/2019"),
    opened_for_signature=date(2015, 4, 10),
    closed_for_signature=None,
    threshold=Threshold(
        deposits=7,
        met=date(2017, 2, 14),
        rule=first_of_month_after(months_after(3)),
        later_from=date(2017, 2, 15),
    ),
    entered_into_force=date(2017, 6, 1),
    binding=first_of_month_after(months_after(3)),
    withdrawal=months_after(18),
    instruments=Instruments(of_a_signatory=(Instrument.RATIFICATION,), of_another_state=(Instrument.ACCESSION,)),
    articles={
        Rule.SIGNATURE: "61",
        Rule.INSTRUMENT: "62",
        Rule.OF_A_SIGNATORY: "62(4)",
        Rule.ENTRY_INTO_FORCE: "65",
        Rule.BINDING: "65(4)",
    },  # of its withdrawal it names none
    kinds=(*KINDS, *ledger_kinds(tuple(r.key for r in ROUTES))),
    steps=(
        step("come_forward", "Approach made", OUTSIDE, INTEREST, on_file("approach")),
        step("signed", "Book signed", OUTSIDE, INTEREST, depositary_act("signature"), by=By.RECORD),
        step("want_a_pilot", "Pilot basin wanted", INTEREST, ASSISTANCE, on_file("pilot_wanted")),
        step("begin_the_code", "Water code begun", (INTEREST, ASSISTANCE), LEGISLATION, on_file("focal_point")),
        step("draw_up", "Instrument drawn up", LEGISLATION, DEPOSIT, route_complete(), due_form()),
        step("deposited", "Deposited with the chancery", ANY, DEPOSIT, depositary_act("deposit"), by=By.RECORD),
        step("enter_into_force", "Bound by the Convention", DEPOSIT, IMPLEMENTATION, bound(), by=By.DATE),
        step("withdraw", "Has left", (DEPOSIT, IMPLEMENTATION), OUTSIDE, withdrawn(), by=By.DATE),
        back("vote_annulled", "Vote annulled", (LEGISLATION, DEPOSIT), LEGISLATION, cause("annulment")),
    ),
    routes=ROUTES,
    periods=Periods(
        contradiction=days(6), review=days(12), ready=days(11), date_passed=days(25), vanished=days(13), rung=days(17)
    ),
    chases=(
        Chase(stage=INTEREST, after=days(70), patience=days(21)),
        Chase(stage=ASSISTANCE, after=days(75), patience=days(22)),
        Chase(stage=LEGISLATION, after=days(150), patience=days(23)),
        Chase(stage=DEPOSIT, after=days(40), patience=days(24)),
    ),
    duties=(
        Duty(
            name="first account of waters",
            rule=months_after(9),
            done_by="first_account",
            article="71(1)",
            lead=days(60),
            in_letters={
                "en": "the first account of waters",
                "fr": "le premier état des eaux",
                "es": "la primera cuenta de las aguas",
            },
        ),
        Duty(
            name="survey of the season",
            rule=each_year_on(30, SEPTEMBER),
            done_by="season_survey",
            article="71(2)",
            lead=days(45),
            in_letters={
                "en": "the survey of the season",
                "fr": "le relevé de la saison",
                "es": "el estudio de la temporada",
            },
        ),
        Duty(
            name="atlas of basins",
            rule=years_after(2, less=days(0)),
            done_by="basin_atlas",
            article="72",
            lead=days(20),
            in_letters={"en": "the atlas of basins", "fr": "le recueil des bassins", "es": "el atlas de las cuencas"},
        ),
    ),
)
