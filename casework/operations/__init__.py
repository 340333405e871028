"""What runs at night and what keeps the record whole: opening, sweep, audit, seals, check-up."""
