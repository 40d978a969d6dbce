"""What should be fast, measured beside what it should be fast beside: ``make bench`` writes docs/performance.md."""
