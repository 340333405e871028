"""Rendering: a template, a language and what a page was given become an answer.

Everything is escaped; a name that a template does not know is an error, not a blank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any, Protocol

from babel.dates import format_date, format_datetime, format_timedelta, get_timezone
from babel.lists import format_list
from babel.numbers import format_decimal
from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from starlette.responses import HTMLResponse, Response

from casework.core.workspace import Workspace
from casework.depositary.gone import FEW, acts_gone
from casework.follow_ups.outcomes import parted
from casework.follow_ups.periods import SOON
from desk.i18n.catalogues import translations
from desk.i18n.codes import RECORDED
from desk.i18n.direction import set_apart
from desk.i18n.refusals import wording
from desk.i18n.words import spoken, stage_word
from desk.web.app_state import workspace_of
from desk.web.assets import asset_url
from desk.web.confirmations import SAID, forget, said_in
from notifications.languages import LANGUAGES, OF_EITHER, OF_LETTERS, OF_PAGES, Language
from notifications.refusals import Wording, sentence
from notifications.typed_dates import read_date
from pathways.grammar.dates import NotADate, PartialDate, Precision
from pathways.grammar.refusals import Refusal, Remark, remark
from sources.alphabet import alphabetical
from sources.states import Register, load_register

_TEMPLATES = Path(__file__).parents[1] / "templates"
CHOSEN = "lang"
_AS_PRECISE = {Precision.DAY: "d MMMM y", Precision.MONTH: "LLLL y", Precision.YEAR: "y"}
_KEPT_FOR = 365 * 24 * 60 * 60  # seconds


#: The States as the record calls them, while something is written; read at the first that is named.
_register: ContextVar[Callable[[], Register]] = ContextVar("register", default=load_register)


class Visitor(Protocol):
    """Somebody to whom a page is shown; the templates ask for more than that."""

    @property
    def language(self) -> str:
        """The language to be shown it in."""


def page(
    request: Request, template: str, *, visit: Visitor | None = None, status: int = 200, **context: Any
) -> Response:
    """Show a page to a visitor, or to a stranger where there is none."""
    code = visit.language if visit else language_of(request, "en")
    return _shown(request, template, code, OF_PAGES, status, visit=visit, **context)


def letters_page(request: Request, template: str, *, letter: str, status: int = 200, **context: Any) -> Response:
    """Show a page that a letter leads to in the letter's language or a chosen one, of those of letters and pages."""
    code = language_of(request, letter, OF_EITHER)
    return _shown(request, template, code, OF_EITHER, status, visit=None, **context)


def _shown(
    request: Request, template: str, code: str, languages: Mapping[str, Language], status: int, /, **context: Any
) -> Response:
    workspace = workspace_of(request)
    settings = workspace.settings
    done = said_in(request, settings)
    found = environment(code, settings.zone, settings.treaty).get_template(template)
    with names_of(workspace):
        html = found.render(
            request=request,
            language=LANGUAGES[code],
            languages=languages,
            training=_training(workspace),
            most_of_a_file=settings.attachment_limit / 1_000_000,
            said=SAID.get(done),
            **context,
        )
    answer = HTMLResponse(html, status_code=status)
    if done:
        forget(answer, settings)
    if request.query_params.get(CHOSEN) in languages:
        answer.set_cookie(CHOSEN, code, max_age=_KEPT_FOR, httponly=True, samesite="lax")
    return answer


@contextmanager
def names_of(workspace: Workspace) -> Iterator[None]:
    """Let what is written in the block name the States as this record calls them today."""
    token = _register.set(cache(workspace.register))
    try:
        yield
    finally:
        _register.reset(token)


def language_of(request: Request, otherwise: str, languages: Mapping[str, Language] = OF_PAGES) -> str:
    """Return the language that was asked for now or earlier, else the person's own where the desk has it."""
    for asked in (request.query_params.get(CHOSEN), request.cookies.get(CHOSEN), otherwise):
        if asked is not None and asked in languages:
            return asked
    return "en"


@cache
def environment(code: str, zone: str, treaty: str) -> Environment:
    """Return the templates as one language reads them, in the words of a treaty; hours are the record's zone's."""
    language, catalogue = LANGUAGES[code], translations(code)
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]  # by the extension
    made.globals |= {
        "language": language,
        "asset": asset_url,
        "SOON": SOON.days,
        "FEW": FEW,
        "zip": zip,
        "LANGUAGES": LANGUAGES,
    }
    made.globals |= {"OF_LETTERS": OF_LETTERS, "OF_PAGES": OF_PAGES, "fault_at": _fault_at, "FEW": FEW}

    def name_state(iso3: str) -> str:
        return _register.get()().name_of(iso3, language.code)

    def by_name(found: Iterable[Any], state: str = "") -> list[Any]:
        """Sort States, or what names each one's code in `state`, by name in the reader's alphabet."""
        return sorted(found, key=lambda one: alphabetical(name_state(getattr(one, state) if state else one)))

    hour = _kept(lambda hour: _hour(hour.astimezone(get_timezone(zone)), language))
    words = wording(language, treaty, lambda day: _day(day, language.locale), name_state)
    said = partial(_said, set_apart(words) if language.direction == "rtl" else words)

    @pass_context
    def real_hour(context: Context, at: datetime) -> str:
        """Write an hour of the machine's clock, said to be so where a training record's clock stands on another day."""
        return said(remark("hour_by_the_real_clock", hour=hour(at))) if context.get("training") else hour(at)

    @pass_context
    def read_back_to(context: Context, text: object) -> str:
        """Write a date that this visitor typed as it is read; a stranger's pages have no field for one."""
        return read_back(str(text), language, context["visit"].today) if text else ""

    made.filters |= {
        "day": _kept(lambda day: _day(day, language.locale)),
        "read_back": read_back_to,
        "dated": _kept(lambda day, pattern: format_date(day, pattern, locale=language.locale)),
        "listed": lambda found: format_list(
            [catalogue.gettext(one.title) for one in found.values()], locale=language.locale
        ),
        "hour": hour,
        "real_hour": real_hour,
        "ago": lambda delta: format_timedelta(delta, locale=language.locale),
        "number": _kept(lambda value: format_decimal(value, locale=language.locale)),
        "stage_name": _kept(lambda stage: _raised(catalogue.gettext(stage_word(stage)))),
        "stage_word": _kept(lambda stage: catalogue.gettext(stage_word(stage))),  # in the middle of a sentence
        "words": _kept(lambda code: _raised(spoken(code, treaty, catalogue.gettext))),  # where a line begins with them
        "word": _kept(lambda code: spoken(code, treaty, catalogue.gettext)),  # in the middle of a sentence
        "said": said,
        "translated": catalogue.gettext,  # of a sentence with names in it, which `_` would read as a pattern
        "as_recorded": lambda text: catalogue.gettext(text) if text in RECORDED else text,
        "parted": parted,
        "state_name": name_state,
        "by_name": by_name,
        "acts_gone": lambda about: acts_gone(about, name_state),
    }
    return made


def _kept(write: Callable[..., str]) -> Callable[..., str]:
    """Keep the last things written: the same few days, hours and words stand in every list."""
    return lru_cache(maxsize=2048, typed=True)(write)


def _day(day: date | datetime | PartialDate | str | None, locale: str) -> str:
    """Write a date as precisely as it is known: a day, a month or a year."""
    if day is None:
        return ""
    if isinstance(day, date):
        return format_date(day, _AS_PRECISE[Precision.DAY], locale=locale)
    known = day if isinstance(day, PartialDate) else PartialDate.parse(day)
    return format_date(known.first, _AS_PRECISE[known.precision], locale=locale)


def read_back(text: str, language: Language, today: date) -> str:
    """Write a date that was typed as it is read; nothing where it is none."""
    try:
        return _day(read_date(text, language.code, today=today), language.locale)
    except NotADate:
        return ""


def _hour(hour: datetime, language: Language) -> str:
    """Write an hour with the name of its zone, which is the same in every language."""
    return f"{format_datetime(hour, f'd MMM y{language.comma} HH:mm', locale=language.locale)} {hour.tzname()}"


def _said(wording: Wording, said: Remark | str) -> str:
    """Say a remark or a refusal; a text that is neither stands as it is, or as it is translated."""
    if isinstance(said, Remark):
        return sentence(said, wording)
    return wording.text(said) if said else ""


@pass_context
def _fault_at(context: Context, id_: str) -> Refusal | None:
    """Return what the page was told to be wrong with the field of this id; the link from the list above leads there."""
    told = context.parent.get("faults", ())  # a macro of that name hides it in the template of the forms
    return next((one for one in told if isinstance(one, Refusal) and id_ in (one.field, f"f-{one.field}")), None)


def _raised(words: str) -> str:
    return words[:1].upper() + words[1:]


def _training(workspace: Workspace) -> date | None:
    try:
        return workspace.training
    except Exception:  # noqa: BLE001  # the page that says that the record does not answer needs no record
        return None
