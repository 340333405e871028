"""The pages of States: their table, one State with its forms, its names, and who is let know what."""
