"""The depositary's table: read, compared with the record, held for plausible, taken in."""
