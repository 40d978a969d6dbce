"""A stand-in for UK Parliament's Members API, over real HTTP: a few dozen seats, shaped like its recorded answers.

python -m tests.stand_in          serves it on http://127.0.0.1:8100
python -m tests.stand_in --help   names the faults it can show
"""

from tests.stand_in.connections import DRIPS, unconnectable
from tests.stand_in.faults import FAULTS, Fault
from tests.stand_in.server import StandIn

__all__ = ["DRIPS", "FAULTS", "Fault", "StandIn", "unconnectable"]
