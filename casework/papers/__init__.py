"""Papers: what the States, the President and the chair are given to read, made of what is on file."""
