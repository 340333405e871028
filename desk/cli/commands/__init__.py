"""Commands, by what they are about. Rooms below are imported inside a command: the line must start fast."""
