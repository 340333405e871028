"""Every form of the desk, found by walking its pages through the eyes of each of the cast."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from tests.cast import STATE
from tests.desk.pages.everybody import ADDRESS, Everybody
from tests.forms import Form, read_page

#: Kinds of page differ, not pages of a kind: one State, one person, one follow-up stands for all.
_NUMBER = re.compile(r"/[0-9a-f]{32}|/\d+|/[A-Z]{3}(?=/|$)")
_WALKERS = ("administrator", "coordinator", "champion", "contact")
_BEGIN = ("/", "/states", f"/states/{STATE}", "/follow-ups", "/people", "/runs", "/proposals", "/account")
_MOST_OF_A_KIND = 2


@dataclass(frozen=True, kw_only=True)
class FoundForm:
    """A form, who met it and where."""

    part: str
    page: str
    form: Form

    @property
    def kind(self) -> tuple[str, str]:
        """Return what is the same for all forms of one kind."""
        return self.form.method, _kind_of(self.form.action)

    def __str__(self) -> str:
        """Say whose it is and where it goes."""
        return f"{self.part}: {self.form.method} {_kind_of(self.form.action)}"


def every_form(there: Everybody) -> list[FoundForm]:
    """Return one form of each kind that somebody can send."""
    found: dict[tuple[str, str], FoundForm] = {}
    for part in _WALKERS:
        for path, html in every_page(there, part):
            for form in read_page(html).forms:
                form.action = urlsplit(urljoin(ADDRESS + path, form.action)).path or "/"
                seen = FoundForm(part=part, page=path, form=form)
                found.setdefault(seen.kind, seen)
    return list(found.values())


def every_page(there: Everybody, part: str) -> Iterator[tuple[str, str]]:
    """Yield the pages that somebody finds by their links, a few of each kind, with their HTML."""
    todo, seen = list(_BEGIN), dict.fromkeys(map(_kind_of, _BEGIN), 1)
    for path in todo:
        answer = there.ask(part, "GET", path)
        if answer.status_code != 200 or "html" not in answer.headers["content-type"]:
            continue
        yield path, answer.text
        for link in read_page(answer.text).links:
            target = urlsplit(urljoin(ADDRESS + path, link))
            is_ours = f"{target.scheme}://{target.netloc}" == ADDRESS and not target.path.startswith("/static")
            onward = target.path + (f"?{target.query}" if target.query else "")
            kind = _kind_of(target.path) + _names_of(target.query)
            if is_ours and onward not in todo and seen.get(kind, 0) < _MOST_OF_A_KIND:
                seen[kind] = seen.get(kind, 0) + 1
                todo.append(onward)


def _kind_of(path: str) -> str:
    return _NUMBER.sub("/*", path)


def _names_of(query: str) -> str:
    return "?" + "&".join(sorted({part.split("=")[0] for part in query.split("&") if part}))
