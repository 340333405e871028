"""Attention: one line for every State that is not party: what comes next, who answers for it, when it was heard."""
