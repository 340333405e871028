"""Names stand where readers of their script look them up."""

import pytest

from sources.alphabet import alphabetical
from sources.states import load_register

#: As the lists of the United Nations have them: the article passed over, every alef one letter.
IN_ARABIC = ["RUS", "ETH", "AZE", "ARG", "JOR", "ARM", "ERI", "ESP", "AUS", "EST", "ISR", "SWZ", "AFG", "ECU", "ALB"]


@pytest.mark.parametrize(
    "names",
    [
        ["Costa Rica", "Côte d\u2019Ivoire", "Croatia"],
        ["Tunisia", "Türkiye", "Turkmenistan"],
        ["Alan", "Åland", "Albania"],
        ["De Souza", "de Vries", "Dietrich"],
        ["Écuador", "Edward", "Zimbabwe", "Ελλάδα", "ألبانيا"],
    ],
)
def test_accents_and_capitals_part_no_names(names):
    assert sorted(names, key=alphabetical) == names


def test_arabic_names_pass_over_the_article_and_hamza():
    called = {state.iso3: state.names["ar"] for state in load_register().states}
    assert sorted(sorted(IN_ARABIC), key=lambda iso3: alphabetical(called[iso3])) == IN_ARABIC
