"""The yearly enquiry: every State that is not party is asked, reminded, and heard (E1.2, E2.4)."""
