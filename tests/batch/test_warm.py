"""The process that runs are forked from: what it has ready, and that it starts whatever the runs will ask."""

import json
import os
import subprocess
import sys

import pytest

from hanyang_data.batch import parent

ANSWERS = """
import hanyang_data.batch.warm
from hanyang_data.record.observations import default_dataset
print(len(default_dataset().answers))
"""


@pytest.fixture
def nothing_expected():
    yield
    parent.expects([])


def test_of_a_notebook_with_many_runs_the_first_is_asked_before(nothing_expected):
    many = [("trend", {"indicator": str(number)}) for number in range(parent.MANY)]
    parent.expects([("growth_gap", {}), *many])
    assert parent._asked == [("trend", {"indicator": "0"})]


@pytest.mark.parametrize(
    ("asked", "more"),
    [
        (("trend", {"indicator": "retail_sales", "out_dir": "", "formats": ["png"]}), True),
        (("trend", {"indicator": "no_such", "as_of": 5}), False),  # the run itself says what is wrong
        (("a_notebook_of_mine", {"year": 2020}), False),
    ],
)
def test_what_is_asked_before_is_on_hand_and_a_wrong_question_stops_nothing(asked, more):
    def answers(questions):
        environment = os.environ | parent.INLINE | {parent.ASKED: json.dumps(questions)}
        done = subprocess.run([sys.executable, "-c", ANSWERS], env=environment, capture_output=True, text=True, timeout=120)
        assert (done.returncode, done.stderr) == (0, "")
        return int(done.stdout)

    assert (answers([asked]) - answers([]) > 10) is more
