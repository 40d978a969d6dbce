"""Clients that try to use up all that a site has, while visitors come to it: ``make attacks``."""
