"""Loaded by the server that forks PDF workers, so that they share its memory. Nothing else imports this."""

import gc

# Python's collector writes to each object that it looks at, and a page of memory that is written to is shared no more.
gc.collect()
gc.freeze()
