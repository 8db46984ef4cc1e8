"""What gives what away, and what asks for the same thing twice: items compared with items, and with known names."""
