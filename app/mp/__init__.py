"""Finds the MP for a postcode that a visitor typed, and returns one of a few named outcomes.

It imports nothing of campaigns, letters or Flask.
"""
