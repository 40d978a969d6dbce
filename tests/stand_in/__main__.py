"""``python -m tests.stand_in [port] [--fault NAME]``: serve the stand-in until stopped."""

import argparse
import contextlib

from tests.stand_in import FAULTS, StandIn

parser = argparse.ArgumentParser(
    prog="python -m tests.stand_in",
    description="A stand-in for the Members API.",
    epilog="\n".join(["faults:", *(f"  {name}" for name in FAULTS)]),
    formatter_class=argparse.RawDescriptionHelpFormatter,
)
parser.add_argument("port", nargs="?", type=int, default=8100, help="8100 unless told")
parser.add_argument("--fault", choices=FAULTS, metavar="NAME", help="what is to go wrong, one of those below")
arguments = parser.parse_args()

stand_in = StandIn(arguments.port).start()
if arguments.fault:
    stand_in.fault = FAULTS[arguments.fault]
print(f"A stand-in for the Members API is at {stand_in.url}", flush=True)  # noqa: T201
with contextlib.suppress(KeyboardInterrupt):
    stand_in.wait()
