"""What should be fast, measured against what it should be fast beside. ``make bench`` prints each group's ratios."""
