"""Looks the dependencies up among known vulnerabilities, by pip-audit: ``python -m scripts.audit FILE …``.

Ends with 1 where one of them has any, and names the version that mends it. Where nobody can be asked it says so, and
ends with 0: a change must be checkable without a network, and what was not looked up is not called sound.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

SECONDS = 180
_ASK = (sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--format", "json", "-r")
NOT_AUDITED = "Dependencies were not audited"
IGNORED: dict[str, str] = {}
"""Vulnerabilities that do not concern us, by number, each with the reason."""


@dataclass
class Report:
    """What came of looking up."""

    vulnerable: list[str] = field(default_factory=list)
    """A line for each vulnerability."""
    looked_up: int = 0
    not_known: int = 0
    """Packages of which whoever was asked knows nothing."""
    unanswered: list[str] = field(default_factory=list)
    """Files of which nothing was told, for want of a network or because one is wrong."""

    def read(self, found: dict[str, Any]) -> None:
        """Take in what pip-audit says in JSON."""
        for package in found["dependencies"]:
            if "skip_reason" in package:
                self.not_known += 1
            else:
                self.looked_up += 1
                self.vulnerable += _vulnerabilities(package)

    def says(self) -> str:
        """In a line or more."""
        if self.vulnerable:
            return "\n".join(("Dependencies with known vulnerabilities:", *self.vulnerable))
        missing = [f"of {file} nothing is known" for file in self.unanswered]
        if self.not_known:
            missing += [f"{self.not_known} of {self.looked_up + self.not_known} could not be looked up"]
        sound = f"{self.looked_up} dependencies have no known vulnerability" if self.looked_up else NOT_AUDITED
        return "; ".join((sound, *missing)) + "."


def _vulnerabilities(package: dict[str, Any]) -> Iterator[str]:
    for known in package["vulns"]:
        if not {known["id"], *known.get("aliases", ())} & IGNORED.keys():
            mended = ", ".join(known["fix_versions"]) or "no version yet"
            yield f"  {package['name']} {package['version']}: {known['id']}, mended in {mended}"


def audit(files: Iterable[str]) -> Report:
    """Have files of pinned requirements looked up."""
    report = Report()
    for file in files:
        try:
            asked = subprocess.run([*_ASK, file], capture_output=True, text=True, timeout=SECONDS, check=False)
            report.read(json.loads(asked.stdout))
        except (subprocess.TimeoutExpired, json.JSONDecodeError):
            report.unanswered.append(file)
    return report


def main() -> None:
    """Say what was found."""
    report = audit(sys.argv[1:])
    print(report.says())
    sys.exit(bool(report.vulnerable))


if __name__ == "__main__":
    main()
