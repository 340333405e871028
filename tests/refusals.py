"""What was refused, as it is said in English: for the few tests that hold the wording."""

from collections.abc import Iterable

from desk.refusals import sentences
from notifications.refusals import sentence
from pathways.grammar.refusals import Refusal


def said(refused: BaseException | Iterable[Refusal]) -> tuple[str, ...]:
    """Return the sentences of what was raised, or of what is missing."""
    return sentences(refused) if isinstance(refused, BaseException) else tuple(map(sentence, refused))
