"""What every verb stands on: the workspace, one open dossier, one transaction, clock, settings, rights, readers."""
