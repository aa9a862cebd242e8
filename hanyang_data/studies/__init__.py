"""One folder a question, and what they share."""
