"""The least that such a site can do: Flask says hello to every request. Served in the same way as Dear MP."""

from flask import Flask, request

app = Flask(__name__)


@app.route("/", defaults={"path": ""}, methods=["GET", "POST"])
@app.route("/<path:path>", methods=["GET", "POST"])
def hello(path: str) -> str:
    """Say hello, and read the posted form as any page has to."""
    return f"Hello {path} {request.form.get('name', '')}"
