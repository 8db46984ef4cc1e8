"""What the answers to papers tell of their questions and of the papers themselves, with an interval for each figure."""
