"""Follow-ups as rows: opened and closed, whom they have reached, and who is still to be asked."""
