"""Attachments: what a file is by its bytes, where it lies, and whether it is still whole."""
