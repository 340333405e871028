"""What a page weighs on a slow line: under 150 kB over the wire, packed, with the fonts kept from the last time."""

import gzip
import re

import pytest

MOST = 150_000
PAGES = (
    *("/", "/?view=table", "/states", "/states/MWI", "/states/ZWE?file=bill", "/follow-ups", "/people", "/runs"),
    "/next-steps",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_with_everything_but_fonts_is_under_150_kb(everybody, path):
    answer = everybody.ask("secretariat", "GET", path, headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    beside = {src for src in re.findall(r'(?:src|href)="(/static/[^"]+)"', answer.text) if ".woff" not in src}
    weight = len(gzip.compress(answer.content, 5)) + sum(_on_the_wire(everybody, src) for src in beside)
    assert weight < MOST, f"{weight:,} bytes"


def _on_the_wire(everybody, src):
    answer = everybody.ask("secretariat", "GET", src.partition("#")[0], headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200, src
    assert "immutable" in answer.headers["cache-control"]
    packed = answer.headers.get("content-encoding") == "gzip"
    return len(gzip.compress(answer.content, 5)) if packed else len(answer.content)
