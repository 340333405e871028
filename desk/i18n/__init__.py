"""Languages: catalogues, the words for codes and days, and gathering what is to be translated."""
