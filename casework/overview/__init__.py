"""What joins everything for one reader: the overview, the table of States, a State's page, the treaty."""
