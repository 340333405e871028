"""Schema revisions; each is written once and never changed after a release."""
