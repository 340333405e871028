"""The layout of a State's page: where the form being filled in stands, what is unfolded, which button is the main one.

Looks at the view and at nothing else; what may be done at all is the view's to say.
"""

from __future__ import annotations

from collections.abc import Mapping

from casework.overview.state_page import StatePage


def places(shown: StatePage) -> Mapping[str, str]:
    """Return the step at which the form for a kind of fact stands: the first that still asks for it."""
    found: dict[str, str] = {}
    for step in shown.steps:
        for proof in step.proofs:
            if proof.kind and not proof.is_done:
                found.setdefault(proof.kind, step.name)
    return found


def filable(shown: StatePage) -> frozenset[str]:
    """Return the kinds of fact that there is a form for."""
    return frozenset(kind.name for kinds in shown.kinds.values() for kind in kinds)


def main_button(shown: StatePage) -> str:
    """Return the one main button of the page: the form in hand, else what is to be settled, taken or answered."""
    if shown.form:
        return "form"
    if shown.contradictions and shown.may_settle:
        return "settle"
    onward = next((step.name for step in shown.steps if step.is_open and not step.is_back), None)
    if onward and shown.may_step:
        return f"step {onward}"
    next_one = shown.ahead[0].follow_up if shown.is_now and shown.ahead else None
    return "follow-up" if next_one and next_one.may_answer and not next_one.is_passed_on else "choose"


def goes_back(shown: StatePage, refused: str) -> bool:
    """Tell whether the ways back are unfolded: a cause is on file or its form in hand, or such a step was refused."""
    back = [step for step in shown.steps if step.is_back and step.closed is None]
    causes = {proof.kind for step in back for proof in step.proofs}
    in_hand = shown.form is not None and shown.form.kind.name in causes
    return in_hand or any(step.is_open or step.name == refused for step in back)
