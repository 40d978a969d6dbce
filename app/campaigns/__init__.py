"""Campaign files, read and checked. Imports nothing of letters, Flask or HTTP."""
