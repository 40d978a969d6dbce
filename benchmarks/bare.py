"""The least that a site of this kind does: Flask says hello, whatever it is asked. Served as Dear MP is."""

from flask import Flask, request

app = Flask(__name__)


@app.route("/", defaults={"path": ""}, methods=["GET", "POST"])
@app.route("/<path:path>", methods=["GET", "POST"])
def hello(path: str) -> str:
    """Reads what was posted, as any page has to."""
    return f"Hello {path} {request.form.get('name', '')}"
