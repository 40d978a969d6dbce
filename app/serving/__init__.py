"""How the app is served: the processes, what they log, and how requests come to them. Knows gunicorn and waitress, and no page."""
