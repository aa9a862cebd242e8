"""What an installation without extras can do, and what it says where one is wanted: tried with their modules out of reach."""

import subprocess
import sys

import pytest
from helpers import PROJECT

from hanyang_data.cli.main import EXTRAS

OUT_OF_REACH = """
import sys

class Nowhere:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Nowhere())
"""


def lean(code: str, cwd=PROJECT) -> subprocess.CompletedProcess[str]:
    names = sorted(set().union(*EXTRAS.values()))
    whole = OUT_OF_REACH.format(names=names) + code
    return subprocess.run([sys.executable, "-c", whole], cwd=cwd, capture_output=True, text=True, check=False)


def test_series_statistics_and_studies_need_no_extra(tmp_path):
    done = lean(
        "import hanyang_data as hd\n"
        "print(hd.load('gdp', 'wuhan')['value'][2020])\n"
        "study = hd.growth_gap('gdp')\n"
        "study.plot(); print(study.answer().finding)\n"
        "print(study.save('out', ['svg']).name)\n",
        tmp_path,
    )
    assert done.stdout.splitlines()[0] == "-4.7", done.stderr
    assert done.stdout.splitlines()[-1] == "out"


@pytest.mark.parametrize(
    ("words", "extra"), [("run trend", "lab"), ("report params/report.yaml --as-is", "lab"), ("read README.md", "reader")]
)
def test_a_command_that_wants_an_extra_names_it(words, extra):
    done = lean(f"import sys; sys.argv[1:] = {words.split()}; from hanyang_data.cli.command import main; main()")
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert f"hanyang-data[{extra}]" in done.stderr
