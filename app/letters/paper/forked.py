"""What the press's processes have in common, in the memory of the server that forks them. Nobody else imports it."""

import gc

# Python's collector writes to each object that it looks at, and a page of memory that is written to is shared no more.
gc.collect()
gc.freeze()
