"""`accede up --demo` with its throw-away home elsewhere than usual, so that it does not meet a real one."""

import sys
from pathlib import Path

from desk.cli.main import main
from desk.runtime import supervisor

supervisor.DEMO_HOME = Path(sys.argv.pop(1))
main()
