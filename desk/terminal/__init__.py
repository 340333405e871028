"""What a terminal shows: columns that fit, colours where there are any, JSON for programs."""
