"""``python -m tests.stand_in [port]``: serve the stand-in until stopped."""

import contextlib
import sys

from tests.stand_in import StandIn

port = int(sys.argv[1]) if len(sys.argv) > 1 else 8100
stand_in = StandIn(port).start()
print(f"A stand-in for the Members API is at {stand_in.url}", flush=True)  # noqa: T201
with contextlib.suppress(KeyboardInterrupt):
    stand_in.wait()
