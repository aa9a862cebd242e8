"""Pure functions on plain numbers; they know no snapshot."""
