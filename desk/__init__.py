"""Where people ask: the command line, and what `accede up` keeps running. It never decides anything about a State."""
