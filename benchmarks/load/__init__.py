"""An evening's supporters at the real thing, over HTTP: ``make load``. All of it stays on this machine."""
