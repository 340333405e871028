"""The command line for `python -m desk`, where no `accede` is installed."""

from __future__ import annotations

from desk.cli.main import main

main()
