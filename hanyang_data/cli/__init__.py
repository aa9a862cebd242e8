"""The hanyang command, one module a group of commands."""
