"""What an installation without extras can do, and what it says where one is wanted: tried with their modules out of reach."""

import subprocess
import sys

import pytest
from helpers import PROJECT

from hanyang_data.extras import EXTRAS

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


def test_a_table_of_ones_own_help_and_completion_need_no_extra_and_excel_names_its_own(tmp_path):
    (tmp_path / "own.csv").write_text("年份,GDP（亿元）\n2021,3\n", encoding="utf-8")
    (tmp_path / "own.xlsx").touch()
    done = lean(
        "import inspect, pydoc, rlcompleter, pandas as pd, hanyang_data as hd\n"
        "names = {name for name, _ in inspect.getmembers(hd)}\n"
        "told = set(rlcompleter.Completer({'hd': hd}).attr_matches('hd.'))\n"
        "assert set(hd.__all__) <= names and 'hd.trend(' in told and 'growth_gap' in pydoc.render_doc(hd)\n"
        "frame = pd.DataFrame({'年份': [2021], 'GDP（亿元）': [3]})\n"
        "own = hd.dataset_from_frame(frame, '武汉')\n"
        "hd.dataset_from_file('own.csv', '武汉'); print(hd.summary('.').answer().finding)\n"
        "for ask in (lambda: hd.dataset_from_file('own.xlsx', '武汉'), lambda: hd.export(frame, 'a.xlsx'),\n"
        "            lambda: hd.trend(region='wuhan', dataset=own).save('out', ['xlsx'])):\n"
        "    try:\n        ask()\n    except hd.errors.HanyangError as error:\n        print(error)\n",
        tmp_path,
    )
    needed = "Excel needs openpyxl, which is not installed: pip install 'hanyang-data[report]'"
    assert done.stdout.splitlines()[-3:] == [needed] * 3, done.stderr
    assert done.stdout.startswith("No finished run"), done.stdout


@pytest.mark.parametrize(
    ("words", "extra"), [("run trend", "lab"), ("report params/report.yaml --as-is", "lab"), ("read README.md", "reader")]
)
def test_a_command_that_wants_an_extra_names_it(words, extra):
    done = lean(f"import sys; sys.argv[1:] = {words.split()}; from hanyang_data.cli.command import main; main()")
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert f"hanyang-data[{extra}]" in done.stderr
