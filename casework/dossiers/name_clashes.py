"""Name clashes: why a name cannot be given to one State because it is, or sounds like, the name of another.

Names are compared as the register compares them, in whatever language. What a State is called already is no clash.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pathways.grammar.clearance import Sensitivity
from pathways.grammar.facts import SourceKind
from pathways.grammar.refusals import Refusal, refusal
from pathways.grammar.roles import Role
from pathways.grammar.stages import Instrument, LegalStatus, Stage, Standing
from sources.states import Register, State, fold

_MOST_NAMED = 3  # of the States that a word stands for
_CJK = 0x2E80  # from here on words stand without spaces
#: Words that say what kind of State it is, and what stands between them: they tell no State from another.
_FORMS = frozenset(
    fold(
        "republic kingdom state states union federation federal democratic people peoples s islamic united"
        " independent commonwealth of the and"
        " république royaume état fédération fédérale démocratique populaire islamique unie de du des d la le les et"
        " república reino estado federación democrática islámica unida del los las y"
        " республика королевство государство федерация демократическая народная исламская"
        " جمهورية مملكة دولة الديمقراطية الشعبية الاتحادية الإسلامية"
        " 共和国 王国 联邦 联邦共和国 民主共和国"
    ).split()
)
_OF_OURS = frozenset(
    fold(word.replace("_", " "))
    for word in (
        *Stage, *Standing, *LegalStatus, *Instrument, *SourceKind, *Role, *(level.label for level in Sensitivity)
    )
)  # fmt: skip


def without_forms(text: str) -> str:
    """Return what is left of a folded text without the words that say what kind of State it is."""
    return " ".join(word for word in text.split() if word not in _FORMS)


def clashes(register: Register, iso3: str, name: str) -> Iterator[Refusal]:
    """Yield why this name cannot be given to the State with this code, and whose it is."""
    others = [e for e in register.entries if e.iso3 != iso3]
    of_another = sorted(str(e) for e in register.named(name) | register.coded(name) if e.iso3 != iso3)
    for other in of_another:
        yield refusal("name_of_another_state", field="name", name=name, state=other)
    asked, own = fold(name), register.get(iso3)
    if of_another or not asked or own in register.named(name):
        return
    if asked in _OF_OURS:
        yield refusal("name_is_a_word_of_ours", field="name", name=name)
    elif within := tuple(str(e) for e in others if any(_stands(asked, one) for one in _said_of(e))):
        yield refusal("name_within_anothers", field="name", name=name, states=within[:_MOST_NAMED])
    elif held := tuple(str(e) for e in others if _is_held(asked, e, _said_of(own))):
        yield refusal("name_holds_anothers", field="name", name=name, states=held[:_MOST_NAMED])


def _is_held(asked: str, other: State, own: Iterable[str]) -> bool:
    """Tell whether the other State's name stands in what is asked, and the State's own does not.

    Where the other's name is a word of its own, as *Congo* is, only a form of State beside it makes it the other's.
    """
    names = [name for name in _said_of(other) if _stands(name, asked)]
    for name in sorted(names, key=len, reverse=True):
        if any(_stands(mine, asked) and not _stands(mine, name) for mine in own):
            continue
        beside = asked.replace(name, " ").split()
        if not any(_stands(name, mine) for mine in own) or _FORMS.issuperset(beside):
            return True
    return False


def _said_of(state: State | None) -> tuple[str, ...]:
    return tuple({fold(name) for name in (*state.names.values(), *state.aliases)}) if state else ()


def _stands(name: str, text: str) -> bool:
    """Tell whether a name stands whole in a text."""
    return name in text if ord(name[0]) >= _CJK else f" {name} " in f" {text} "
