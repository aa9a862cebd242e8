"""The hanyang command, one module a group of commands."""

INTERRUPTED = "\ninterrupted: finished runs stay, what was under way left nothing; say the same again to go on"
EXIT = 130
