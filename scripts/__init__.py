"""What sets up and keeps the house: run from the Makefile, and no part of the app."""
