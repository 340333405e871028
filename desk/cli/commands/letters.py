"""Letters: what was written, to whom, sent or not and why; and what a person decides on one."""

from __future__ import annotations

from functools import partial

import click

from desk.cli.call import Call
from desk.cli.options import common


@click.command()
@click.option("--returned", metavar="ID", help="This letter came back; its address gets no more. Needs --reason.")
@click.option("--retry", metavar="ID", help="Put this letter on its way again; the beginning of its id does.")
@click.option("--give-up", metavar="ID", help="Give this letter up; who comes next is asked instead.")
@click.option("--reason", metavar="TEXT", help="Why.")
@common(of_treaty=True, as_json=True, acts=True)
def letters(call: Call, *, returned: str | None, retry: str | None, give_up: str | None, reason: str | None) -> None:
    """List letters, sent or not and why; decide on one."""
    asked = {"returned": returned, "retry": retry, "give-up": give_up}
    chosen = [(what, letter) for what, letter in asked.items() if letter is not None]
    if len(chosen) > 1:
        raise click.UsageError("Decide one thing on one letter: --returned, --retry or --give-up.")
    if not chosen:
        _list(call)
        return
    [(what, letter)] = chosen
    if what == "returned" and not reason:
        raise click.UsageError("--returned needs --reason TEXT, in the words of the returned letter.")
    _decide(call, what, letter, reason)


def _list(call: Call) -> None:
    from casework.letters.administration import list_letters
    from desk.cli.printed.letters import print_letters

    with call.workspace() as workspace:
        found = list_letters(workspace, reader=call.reader())
    call.show(found, partial(print_letters, treaty=call.treaty))


def _decide(call: Call, what: str, letter: str, reason: str | None) -> None:
    from casework.letters import administration

    with call.workspace() as workspace:
        reader = call.reader()
        if what == "returned":
            administration.returned(workspace, letter, reason=reason or "", reader=reader)
            said = f"Letter {letter} counts as unread; its address gets no more letters until it is verified."
        elif what == "retry":
            administration.retry(workspace, letter, reader=reader)
            said = f"Letter {letter} is on its way again with the next post."
        else:
            because = {"reason": reason} if reason else {}
            administration.give_up(workspace, letter, reader=reader, **because)
            said = f"Letter {letter} is given up."
    call.tell({"letter": letter, "decided": what}, said)
