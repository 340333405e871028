"""Coming in: sessions, passwords, one-time links and the letters that carry them, and how often one may try."""
