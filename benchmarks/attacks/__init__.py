"""Clients that try to hold all that a site has: ``make attacks``. Visitors who come meanwhile are answered."""
