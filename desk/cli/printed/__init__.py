"""Views printed for people. Nothing is decided or computed here."""
