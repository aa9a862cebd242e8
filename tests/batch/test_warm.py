"""What the runs of a notebook have in common is asked once, and a wrong question stops nothing; long notebooks come first."""

import subprocess
import sys

import pytest
from small_project import ask

from hanyang_data.batch.cache import Cache
from hanyang_data.batch.job import Run, in_turns
from hanyang_data.batch.underway import MANY, Underway

ANSWERS = """
from hanyang_data.batch.warm import share
from hanyang_data.record.observations import default_dataset
before = len(default_dataset().answers)
share({notebook!r}, {parameters!r})
print(len(default_dataset().answers) - before)
"""


@pytest.mark.parametrize(
    ("notebook", "parameters", "more"),
    [
        ("trend", {"indicator": "retail_sales", "out_dir": "", "formats": ["png"]}, True),
        ("trend", {"indicator": "no_such", "as_of": 5}, False),  # the run itself says what is wrong
        ("a_notebook_of_mine", {"year": 2020}, False),
    ],
)
def test_what_is_asked_before_is_on_hand_and_a_wrong_question_stops_nothing(notebook, parameters, more):
    code = ANSWERS.format(notebook=notebook, parameters=parameters)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert (int(done.stdout) > 10) is more


@pytest.mark.parametrize("count", [MANY - 1, MANY])
def test_of_a_notebook_with_many_runs_the_first_asks_for_all(project, count):
    underway = Underway(ask(matrix={"n": list(range(count))}), project / "out", "fork", Cache(project / "out"))
    assert {task.shared for task in underway.tasks()} == {count >= MANY}
    underway.clear()


def test_each_process_keeps_to_one_notebook_and_no_process_waits_for_the_longest(tmp_path):
    for name, size in (("a", 30), ("b", 20), ("c", 10)):
        (tmp_path / name).write_text("x" * size)
    runs = [Run(name, tmp_path / name[0], {}, name) for name in ("c1", "b1", "a1", "c2", "b2", "a2", "a3")]
    assert [run.name for run in in_turns(runs, 2)] == ["a1", "b1", "a2", "b2", "a3", "c1", "c2"]
    assert [run.name for run in in_turns(runs, 1)] == ["a1", "a2", "a3", "b1", "b2", "c1", "c2"]
