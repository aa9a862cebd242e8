"""Report text → candidate rows → reviewed rows of the record."""
