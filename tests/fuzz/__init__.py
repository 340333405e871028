"""Fuzzing: every reader of foreign bytes, fed what nobody has foreseen; what was worth keeping is read again in CI."""
