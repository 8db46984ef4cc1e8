"""A paper as data: its record, order and key, its roster, and where everything stands on its answer sheet."""
