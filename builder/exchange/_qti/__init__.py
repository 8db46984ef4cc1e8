"""What the versions of QTI have in common: how items are told to them, and how their questions become items."""
