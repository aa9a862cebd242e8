"""Running notebooks with parameters: what they take (parameters), what is asked (plan), doing it (run)."""
