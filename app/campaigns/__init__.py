"""What does the campaign say?  Campaign files, read and checked. Knows nothing of letters, Flask or HTTP."""
