"""Promises: listed with their age, counted, and said to be kept, renewed or lapsed."""
