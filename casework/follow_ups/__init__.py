"""What somebody has to do: opened, asked, escalated, handed over, closed, and listed for whoever may know it."""
