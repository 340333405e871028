"""Exports: everything that one reader may read, as tables for other programs, each with what its columns mean."""
