"""Loads what commands and the desk need, for the server from which the processes of a round are forked.

So their lives are spent at work, and what happens to them meets them there. A day is rehearsed, so that whatever is
imported or read on first use is there.
"""

import gc
from contextlib import closing
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import apprise

from casework.core.settings import Settings
from casework.core.workspace import SystemClock, Workspace
from desk.server.warm_up import make_ready
from models.store.engine import Store
from tests.chaos import processes
from tests.chaos.calm import rehearse
from tests.chaos.moments import GENEVA, MOMENTS
from tests.chaos.world import make_world

for _name in processes.AT_WORK:
    import_module(_name)
apprise.Apprise.instantiate("mailto://nobody@localhost")  # reads Apprise's hundred services, once
with TemporaryDirectory() as _place:
    _url = f"sqlite:///{_place}/record.db"
    rehearse(Path(_place), _url, make_world(Path(_place), _url, MOMENTS[0]))
    for _zone in (GENEVA,):
        _settings = Settings(home=Path(_place), database_url=_url, zone=_zone)
        with closing(Workspace(_settings, Store(_url), SystemClock())) as _workspace:
            make_ready(_workspace)
gc.freeze()  # else each child would look through all of it, and so copy it
