"""When the flows run: their hours, with Prefect and without, and what Prefect tells of its runs."""
