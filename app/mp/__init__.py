"""Who is my MP?  From what somebody typed to one of a few named outcomes.

Knows nothing of campaigns, letters or Flask.
"""
