"""Errors of the command line: what it answers when a command is refused, breaks, or is interrupted.

0: done. 1: refused or failed. 2: wrong usage. 130: interrupted. No traceback ever reaches a person unasked.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from desk.cli.call import Call
from desk.refusals import sentences
from desk.terminal.console import say

REFUSED, INTERRUPTED = 1, 130


class SentenceGroup(click.Group):
    """A group of commands whose every ending is a sentence and a code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> NoReturn:
        """Run one command and leave with its code."""
        given = sys.argv[1:] if args is None else list(args)
        call = Call(debug="--debug" in given)
        sys.exit(self._run(call, given, prog_name or "accede", complete_var, extra))

    def _run(self, call: Call, args: list[str], prog_name: str, complete_var: str | None, extra: dict[str, Any]) -> int:
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, obj=call, **extra)
            sys.stdout.flush()
        except click.Abort:
            say(call.interrupted())
            return INTERRUPTED
        except click.ClickException as wrong:
            wrong.show()
            return wrong.exit_code
        except BrokenPipeError:
            return _nobody_reads()
        except Exception as wrong:  # noqa: BLE001  # the last resort: nobody is to meet a traceback
            if call.debug:
                traceback.print_exc()
            for sentence in sentences(wrong):
                say(sentence)
            return REFUSED
        return code if isinstance(code, int) else 0


def _nobody_reads() -> int:
    """Say nothing when the reader of our output has left (`accede status | head`), nor at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return REFUSED
