"""Who may know what is filed: by its source and by who files it, as is usual, and what else may be answered."""

import pytest

from pathways import pathway
from pathways.grammar.audiences import holding_of
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.facts import SourceKind

PUBLIC, PARTIES, COORDINATION, CONFIDENTIAL, PERSONAL = Sensitivity
ATT = pathway("att")
PUBLISHED = ("gazette", "parliament", "court", "press")
EITHER = ("statement", "government")
COMPANION = {"is_companion": True}
SECRETARIAT = {"is_companion": False}
CONTACT = {"is_companion": False, "is_told": True}
ANYBODY = (SECRETARIAT, COMPANION)

# kinds, sources, by whom: as is usual, and what may be answered.
TABLE = [
    # What anybody can look up.
    (("signal", "exchange", "bill", "cabinet_approval", "parliamentary_approval", "setback"), PUBLISHED, ANYBODY,
     COORDINATION, (PUBLIC, COORDINATION, CONFIDENTIAL, PERSONAL)),
    # Said before everybody or behind closed doors, published or in a letter: who files it knows.
    (("signal", "exchange", "bill", "needs_recorded"), EITHER, ANYBODY,
     CONFIDENTIAL, (PUBLIC, COORDINATION, CONFIDENTIAL, PERSONAL)),
    # What the State told.
    (("signal", "exchange", "bill", "contact_named", "paused"), ("note_verbale", "example"), ANYBODY,
     CONFIDENTIAL, (CONFIDENTIAL, PERSONAL)),
    (("signal", "bill", "contact_named", "paused"), ("note_verbale", "government", "gazette"), (CONTACT,),
     CONFIDENTIAL, (CONFIDENTIAL, PERSONAL)),
    # What a champion or a coordinator reports of the own work.
    (("signal", "exchange", "obstacle"), ("assessment",), (COMPANION,),
     COORDINATION, (COORDINATION, CONFIDENTIAL, PERSONAL)),
    # Any other assessment.
    (("signal", "exchange", "obstacle"), ("assessment",), (SECRETARIAT,),
     CONFIDENTIAL, (COORDINATION, CONFIDENTIAL, PERSONAL)),
    (("gap_analysis", "contact_named"), ("assessment",), ANYBODY,
     CONFIDENTIAL, (COORDINATION, CONFIDENTIAL, PERSONAL)),
    # Never below its floor, whoever says so.
    (("obstacle",), PUBLISHED, ANYBODY, COORDINATION, (COORDINATION, CONFIDENTIAL, PERSONAL)),
    (("obstacle",), EITHER, ANYBODY, CONFIDENTIAL, (COORDINATION, CONFIDENTIAL, PERSONAL)),
    (("tier_set", "route", "correction", "welcome_pack"),
     ("assessment", "note_verbale", *EITHER, *PUBLISHED), ANYBODY,
     COORDINATION, (COORDINATION, CONFIDENTIAL, PERSONAL)),
    # What is owed to all States Parties.
    (("contact_point", "initial_report", "annual_report"), ("note_verbale", "assessment"), ANYBODY,
     PARTIES, (PARTIES, COORDINATION, CONFIDENTIAL, PERSONAL)),
    (("contact_point", "initial_report", "annual_report"), (*PUBLISHED, *EITHER), ANYBODY,
     PARTIES, (PUBLIC, PARTIES, COORDINATION, CONFIDENTIAL, PERSONAL)),
    # The depositary's word.
    (("signature", "deposit", "withdrawal"), ("depositary",), ANYBODY, PUBLIC, (PUBLIC,)),
]  # fmt: skip


@pytest.mark.parametrize(("kinds", "sources", "authors", "usual", "answers"), TABLE)
def test_who_may_know_goes_by_the_source_and_by_who_files(kinds, sources, authors, usual, answers):
    for kind in map(ATT.kind, kinds):
        for source in map(SourceKind, sources):
            for author in authors:
                found = holding_of(kind, source, **author)
                assert (found.usual, found.answers) == (usual, answers), (kind.name, source, author)
                assert found.least is answers[0]


def test_what_is_usual_may_always_be_answered_and_so_may_anything_closer():
    for kind in ATT.kinds:
        for source in SourceKind:
            for author in (*ANYBODY, CONTACT):
                found = holding_of(kind, source, **author)
                assert found.usual in found.answers
                assert found.answers == tuple(sorted(found.answers))
                assert kind.is_depositary_act or PERSONAL in found.answers
