"""Attention as rows: what somebody wrote that comes next for a State."""
