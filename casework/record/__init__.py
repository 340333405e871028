"""The record as a whole: opened, verified, sealed, carried out of the house and brought back."""
