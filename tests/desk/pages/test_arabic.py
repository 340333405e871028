"""The overview and a State's page in Arabic: mirrored, and whole."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from sources.alphabet import alphabetical
from tests.cast import PARTS

#: What stands in Latin letters in every language: names that were given, and what people typed.
NAMES = "|".join(
    [
        *(word for part in PARTS.values() for word in (part.name, part.of)),
        "CES?T|Accede|English|CSV|Excel|Word|PDF|ATT|C\\.N\\.\\S*",
    ]
)
LATIN = re.compile(r"[A-Za-z]{3,}")
UNSEEN = {"script", "style", "svg", "title"}
PAGES = [
    "/",
    "/?region=all",
    "/?region=Africa",
    "/?region=all&view=table",
    "/states",
    "/states/MWI",
    "/states/PHL",
    "/states/JPN",
    "/states/MWI/file/contact_named",
]
ASKED_BY = {"secretariat": PAGES, "champion": ["/", "/states/MWI"], "contact elsewhere": ["/", "/states/KHM"]}


class Seen(HTMLParser):
    """Gathers the text of a page, and of what readers are told, without what somebody typed."""

    VOID = frozenset({"br", "circle", "hr", "img", "input", "link", "meta", "path", "rect", "use"})

    def __init__(self):
        super().__init__()
        self.texts, self.open = [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.texts += [given[name] for name in ("aria-label", "placeholder", "alt") if given.get(name)]
        if tag not in self.VOID:
            self.open.append(tag in UNSEEN or given.get("dir") == "auto" or "av" in given.get("class", "").split())

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            self.open.pop()

    def handle_data(self, data):
        if not any(self.open):
            self.texts.append(data)


def in_latin_letters(html):
    seen = Seen()
    seen.feed(html)
    return [text.strip() for text in seen.texts if LATIN.search(re.sub(NAMES, "", text))]


@pytest.mark.parametrize(("who", "page"), [(who, page) for who, pages in ASKED_BY.items() for page in pages])
def test_a_page_in_arabic_is_whole_and_mirrored(desk, who, page):
    answer = desk.as_(who).get(f"{page}{'&' if '?' in page else '?'}lang=ar")
    assert answer.status_code == 200
    assert '<html lang="ar" dir="rtl">' in answer.text
    assert in_latin_letters(answer.text) == []


def test_english_on_a_page_is_seen(desk):
    assert in_latin_letters(desk.as_("secretariat").get("/states/MWI", params={"lang": "en"}).text)


def test_a_language_once_asked_for_stays(desk):
    browser = desk.as_("secretariat")
    browser.get("/states/MWI", params={"lang": "ar"})
    assert 'dir="rtl"' in browser.get("/states/MWI").text


def test_a_refusal_names_a_state_in_the_language_of_the_page(desk):
    said = {"kind": "exchange", "effective": "2022-06-01", "source": "assessment"}
    for language, name, otherwise in (("ar", "كمبوديا", "Cambodia"), ("en", "Cambodia", "كمبوديا")):
        answer = desk.as_("coordinator").post("/states/KHM/facts", params={"lang": language}, data=said)
        assert answer.status_code == 403
        assert name in answer.text
        assert otherwise not in answer.text


@pytest.mark.parametrize("language", ["ar", "en"])
def test_states_stand_in_the_alphabet_of_whoever_reads_in_lists_and_choices(desk, language):
    browser = desk.as_("secretariat")
    listed = browser.get("/states", params={"lang": language}).text
    choice = browser.get("/people").text.partition('name="state"')[2].partition("</select>")[0]
    for names in (
        re.findall(r'<a href="/states/[A-Z]{3}">([^<]+)</a>', listed),
        re.findall(r'<option value="[A-Z]{3}">([^<]+)<', choice),
    ):
        found = [unescape(name) for name in names]
        assert len(found) == 197
        assert found == sorted(found, key=alphabetical)
