"""Loads what a post needs, for the server from which posts that are to be killed are forked."""

import apprise

import tests.casework.letters.test_killed_posts
import tests.casework.operations.test_killed_sweeps  # noqa: F401

apprise.Apprise.instantiate("mailto://nobody@localhost")  # reads Apprise's hundred services, once
