"""A file that is larger than any is refused on the page it was sent from, with all that was typed beside it."""

import pytest

from tests.forms import form_for

CONTACT = {"effective": "2022-03-03", "source": "note_verbale", "reference": "12", "x_ministry": "Defence"}


def send(browser, files, **given):
    form = form_for(browser.get("/states/MWI?file=contact_named").text, "/states/MWI/facts")
    return browser.post("/states/MWI/facts", data=form.data(**CONTACT, **given), files=files)


@pytest.mark.parametrize("size", [20_000_001, 30_000_000])
def test_a_file_that_is_too_large_is_refused_on_the_page_with_all_that_was_typed(desk, size):
    browser = desk.as_("secretariat")
    large = {"attachment": ("letter.pdf", b"%PDF-1.4" + b"\0" * size, "application/pdf")}
    sent = send(browser, files=large, note="told by telephone")
    assert sent.status_code == 422
    assert "The file is larger than 20 MB, the most that is kept here." in sent.text
    assert "told by telephone" in sent.text
    assert 'href="/follow-ups"' in sent.text
    assert "PDF, Word, Excel or an image, of 20 MB at most." in sent.text


def test_what_is_far_too_much_is_refused_unread_and_on_a_page_that_leads_on(desk):
    kind = {"content-type": "multipart/form-data; boundary=b", "content-length": "2000000000"}
    sent = desk.as_("secretariat").post("/states/MWI/facts", content=b"x", headers=kind)
    assert sent.status_code == 413
    assert 'href="/follow-ups"' in sent.text
    assert 'href="/follow-ups"' not in desk.stranger().post("/states/MWI/facts", content=b"x", headers=kind).text
