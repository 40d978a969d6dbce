"""An evening's supporters at the real site, over HTTP: ``make load``. Nothing leaves this machine."""
