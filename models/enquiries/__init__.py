"""Enquiries as they are kept: rounds, the States that are asked, links and answers."""
