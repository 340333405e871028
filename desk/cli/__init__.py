"""The command line: what is typed, what is printed, and what a refusal says."""
