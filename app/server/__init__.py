"""Serves the app: the processes, their log, and how requests reach them.

Knows gunicorn and waitress, and no page.
"""
