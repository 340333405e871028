"""From a notice to a carried letter, and what people decide on letters."""
