"""What runs at night and by hand: the sweep, every flow as it is declared, the check-up."""
