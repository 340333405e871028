"""Where people ask: the web desk, the command line, and what `accede up` keeps running. It decides nothing."""
