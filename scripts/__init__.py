"""Programs for setting up and maintaining the project, run from the Makefile. Not part of the app."""
