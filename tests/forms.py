"""Forms as a browser reads them from a page: which fields there are, what stands in them, where they go."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any

_NOT_SENT = {"submit", "button", "reset", "image"}
#: Elements in which a person writes freely.
_TEXTS = {"text", "search", "email", "password", "tel", "url", "textarea", "date", "number", ""}


@dataclass
class Control:
    """One field of a form. `choices` are those of a select or of radio buttons; `is_on` of a box or a radio."""

    name: str
    type: str
    value: str = ""
    choices: list[str] = field(default_factory=list)
    is_on: bool = False

    @property
    def is_text(self) -> bool:
        """Tell whether a person may write anything here."""
        return self.type in _TEXTS


@dataclass
class Form:
    """One form of a page."""

    action: str
    method: str
    enctype: str
    controls: list[Control] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def has_file(self) -> bool:
        """Tell whether a file can be sent with it."""
        return any(control.type == "file" for control in self.controls)

    def names(self) -> set[str]:
        """Return the names of everything that can be filled in."""
        return {control.name for control in self.controls}

    def data(self, **given: str) -> dict[str, str]:
        """Return what a browser would send, with some fields filled in by somebody."""
        sent = dict(self._as_it_stands())
        unknown = given.keys() - self.names()
        assert not unknown, f"{self.action} has no field {', '.join(sorted(unknown))}, only {sorted(self.names())}"
        return {**sent, **given}

    def _as_it_stands(self) -> Iterator[tuple[str, str]]:
        for control in self.controls:
            if control.type == "select":
                yield control.name, control.value or (control.choices[0] if control.choices else "")
            elif control.type in ("checkbox", "radio"):
                if control.is_on:
                    yield control.name, control.value or "on"
            elif control.type not in ("file", *_NOT_SENT):
                yield control.name, control.value


@dataclass
class Page:
    """What was found on a page."""

    forms: list[Form]
    links: list[str]
    text: str


def read_page(html: str) -> Page:
    """Read a page's forms, links and visible text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Page(forms=reader.forms, links=reader.links, text=" ".join(" ".join(reader.words).split()))


def form_for(html: str, action: str) -> Form:
    """Return the one form of a page that goes to an address, whatever query it carries."""
    found = [form for form in read_page(html).forms if form.action.split("?")[0] == action]
    assert len(found) >= 1, f"no form on the page goes to {action}"
    return found[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self._form: Form | None = None
        self._select: Control | None = None
        self._area: Control | None = None
        self._by_id: dict[str, Form] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open_form(said)
        elif tag == "a" and "href" in said:
            self.links.append(said["href"])
        elif tag == "option" and self._select is not None:
            self._choice(said, is_on="selected" in dict(attrs))
        elif tag in ("input", "select", "textarea", "button"):
            self._control(tag, said, is_on="checked" in dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area is not None:
            self._area.value = self._area.value.removeprefix("\n")  # as browsers do
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data
        else:
            self.words.append(data)

    def _open_form(self, said: dict[str, str]) -> None:
        method = said.get("method", "get").lower()
        self._form = self._by_id.setdefault(said.get("id", ""), Form("", "", "")) if "id" in said else Form("", "", "")
        self._form.action, self._form.method = said.get("action", ""), method  # its fields may have come before it
        self._form.enctype = said.get("enctype", "")
        self.forms.append(self._form)

    def _choice(self, said: dict[str, str], *, is_on: bool) -> None:
        assert self._select is not None
        self._select.choices.append(said.get("value", ""))
        if is_on:
            self._select.value = said.get("value", "")

    def _control(self, tag: str, said: dict[str, str], *, is_on: bool) -> None:
        form = self._by_id.setdefault(said["form"], Form("", "", "")) if "form" in said else self._form
        if form is None or "name" not in said or "disabled" in said:
            return
        type_ = said.get("type", "text").lower() if tag == "input" else tag
        if tag == "button" or type_ in _NOT_SENT:
            form.buttons.append((said["name"], said.get("value", "")))
            return
        control = Control(name=said["name"], type=type_, value=said.get("value", ""), is_on=is_on)
        form.controls.append(control)
        self._select = control if tag == "select" else None
        self._area = control if tag == "textarea" else None


def words(answer: Any) -> str:
    """Return what a page says, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def led_to(answer: Any) -> str:
    """Return where an answer to a form leads, and what the page there is to say once: `/runs says run-done`."""
    assert answer.status_code == 303, answer.text
    code = next((code for name, code in answer.cookies.items() if name.endswith("-said")), "")
    return f"{answer.headers['location']} says {code}"
