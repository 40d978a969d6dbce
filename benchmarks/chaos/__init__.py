"""Supporters use a site while parts of it are killed, hung or filled: ``make chaos``."""
