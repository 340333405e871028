"""The desk as a server: the application, its connections and their limit, what is refused before any page."""
