"""What is refused of a paper that is asked for."""

from __future__ import annotations

SENTENCES = {
    "no_such_paper": "Say which paper is wanted: %(kinds)s.",
    "no_such_version": "There is no %(version)s version of this paper.",
    "paper_in_no_such_language": "Name the language by its code: %(languages)s.",
    "paper_is_a_folder": "%(file)s is a folder; name a file for the paper.",
    "paper_of_which_meeting": "Say which meeting the paper is of.",
    "paper_of_which_state": "Say which State the paper is of.",
    "paper_of_all_regions": "This paper is of all regions: leave the region out, or ask for status.",
    "paper_without_symbol": "The report alone has a symbol of its own: leave the symbol out, or ask for report.",
    "paper_not_written": "The paper could not be written to %(file)s: %(why)s.",
}
