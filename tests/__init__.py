"""The tests: sentences about the world, room by room."""
