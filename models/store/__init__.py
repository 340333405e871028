"""The database itself: its engine and transactions, what it says when it is out of reach, and its own settings."""
