"""Notices and the letters that carry them: written, claimed, carried, opened, and what people decide on them."""
