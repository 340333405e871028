"""Meetings: of the treaty's bodies and beside them; kept, listed, learnt from the bundled record."""
