"""One State's record: facts filed, proposed, released and purged, steps taken, and how a dossier is shown."""
