"""Relationships of a packed file: what else a program opens with it, and whether that comes from elsewhere.

Read as the program reads them, whatever the encoding; a list that declares its own words is not read at all.
"""

from __future__ import annotations

from xml.parsers.expat import ExpatError, ParserCreate

#: Kinds of relationships that are fetched when the file is opened, without a click.
_FETCHED = frozenset({"attachedtemplate", "oleobject", "frame", "subdocument"})


def fetches_from_elsewhere(content: bytes) -> bool:
    """Tell whether something is fetched from outside the file when it is opened; ValueError when it cannot be read."""
    found: list[bool] = []

    def look(name: str, said: dict[str, str]) -> None:
        kind = said.get("Type", "").strip().rpartition("/")[2].casefold()
        found.append(kind in _FETCHED and said.get("TargetMode", "").strip().casefold() == "external")

    def refuse(*_: object) -> None:
        raise ValueError("A list of relationships declares words of its own.")

    parser = ParserCreate()
    parser.StartElementHandler, parser.StartDoctypeDeclHandler = look, refuse
    try:
        parser.Parse(content, True)
    except ExpatError as wrong:
        raise ValueError("A list of relationships cannot be read.") from wrong
    return any(found)
