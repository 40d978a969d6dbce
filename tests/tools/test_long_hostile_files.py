"""Every rule for campaign files on hostile texts as long as a file may be: none takes more than its share of time."""

import pytest

from tests.unit.campaigns.file.hostile import ATTACKS
from tests.unit.campaigns.file.hostile_trial import LENGTH
from tests.unit.campaigns.file.test_hostile_files import outcomes


@pytest.mark.timeout(900)
def test_no_rule_takes_for_ever() -> None:
    assert outcomes(LENGTH).keys() == ATTACKS.keys()
