"""Sweeps: strict before, whole after, and nothing done twice."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest
from click.testing import CliRunner
from helpers import PROJECT
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from hanyang_data.batch import parent
from hanyang_data.batch import runs as kept
from hanyang_data.batch.plan import runs_of
from hanyang_data.batch.sweep import Options, Watcher, decide, sweep
from hanyang_data.cli.main import main
from hanyang_data.errors import HanyangError, NoDataError, ParameterError

pytestmark = pytest.mark.slow

WORK = """
import json, os, pathlib, time
if how == "fail": 1 / 0
if how == "die": os.kill(os.getpid(), 9)
if how == "exit": os._exit(0)
if how == "hang": time.sleep(600)
if how == "eat":
    import resource; resource.setrlimit(resource.RLIMIT_AS, (2 ** 31, 2 ** 31)); x = bytearray(2 ** 33)
if how == "nothing": raise SystemExit(0)
pathlib.Path("f.png").write_text(f"{n}")
found = {"figures": {"f": {"files": ["f.png"]}}, "tables": {}, "scope": {"lang": "en"}, "answer": {"en": [f"It is {n}."], "zh": []}, "numbers": {"n": n}}
pathlib.Path("results.json").write_text(json.dumps(found));
"""  # noqa: E501
LOOK = """
import json, pathlib
seen = sorted(p.parent.name for p in pathlib.Path(runs_dir).glob("work/*/results.json"))
found = {"figures": {}, "tables": {}, "scope": {"lang": "en"}, "answer": {"en": [f"{len(seen)} runs"], "zh": []}, "numbers": {}}
pathlib.Path("results.json").write_text(json.dumps(found));
"""
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def write(file: Path, parameters: str, *cells) -> None:
    first = new_code_cell(parameters, metadata={"tags": ["parameters"]})
    nbformat.write(new_notebook(cells=[first, *cells], metadata={"kernelspec": KERNEL}), file)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of two small notebooks: one that works (n) in some way (how), one that looks at its runs."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notebooks").mkdir()
    write(
        tmp_path / "notebooks" / "work.ipynb",
        'n: int = 0\nhow: str = "well"\nout_dir: str = ""',
        new_markdown_cell("prose"),
        new_code_cell(WORK),
    )
    write(tmp_path / "notebooks" / "look.ipynb", 'runs_dir: str = ""\nout_dir: str = ""', new_code_cell(LOOK))
    return tmp_path


def check(values):
    if values.get("n", 0) < 0:
        raise NoDataError(f"nothing for {values['n']}")


def ask(**content):
    return runs_of({"notebook": "work"} | content, Path("s.yaml"))


def done(runs, project, **options):
    outcomes = sweep(runs, project / "out", check, Options(**options))
    return {(o.run.parameters.get("n"), o.run.parameters.get("how")): o for o in outcomes}


def statuses(outcomes):
    return [o.status for o in outcomes.values()]


def test_each_way_to_fail_is_named_and_stops_no_other(project):
    ways = {
        "well": "",
        "fail": r"cell [3] of work.ipynb failed: ZeroDivisionError: division by zero",
        "die": "the process of work.ipynb was ended by SIGKILL (out of memory, killed, or told to exit) at cell 4 of 4",
        "exit": "the process of work.ipynb exited with code 0 (out of memory, killed, or told to exit) at cell 4 of 4",
        "hang": "took longer than 4 s and was stopped at cell 4 of 4",
        "eat": "MemoryError",
        "nothing": "the notebook left no results.json: its last cell must be study.save(out_dir)",
    }
    outcomes = done(ask(matrix={"how": list(ways)}), project, jobs=3, timeout=4)
    for (_, how), outcome in outcomes.items():
        assert ways[how] in outcome.reason, outcome.reason
        assert outcome.status == ("done" if how == "well" else "failed")
        if how != "well":
            assert (outcome.folder / "notebook.ipynb").is_file(), "the executed copy is kept"
            assert not (project / "out" / "work" / outcome.run.slug).exists()
    assert not [p for p in (project / "out" / "work").iterdir() if p.name.startswith(".")]


def test_what_is_up_to_date_is_not_made_again_and_why_it_is_not_is_said(project):
    asked = ask(matrix={"n": [1, 2]})
    assert statuses(done(asked, project)) == ["done", "done"]
    assert statuses(done(asked, project)) == ["cached", "cached"]
    source = project / "notebooks" / "work.ipynb"
    content = nbformat.read(source, as_version=4)
    content.cells[1].source = "other prose"
    content.cells[2].source += "\n# a comment"
    nbformat.write(content, source)
    assert statuses(done(asked, project)) == ["cached", "cached"], "prose and comments do not count"
    folder = project / "out" / "work" / asked[0].slug
    (folder / "f.png").write_text("9")
    assert [o.why for o in decide(asked, project / "out", check, Options())] == ["f.png is not as the run left it", "up to date"]
    assert statuses(done(asked, project)) == ["done", "cached"]
    (folder / "f.png").unlink()
    assert decide(asked, project / "out", check, Options())[0].why == "f.png is gone"
    os.utime(project / "out" / "work" / asked[1].slug / "f.png")
    assert decide(asked, project / "out", check, Options())[1].why == "up to date", "the hash decides, and not the time"
    content.cells[2].source += "\nx = 1"
    nbformat.write(content, source)
    assert {d.why for d in decide(asked, project / "out", check, Options())} == {"the code cells of the notebook changed"}
    assert statuses(done(asked, project)) == ["done", "done"]
    assert statuses(done(asked, project, force=True)) == ["done", "done"]
    assert statuses(done(asked, project, since="2000-01-01")) == ["cached", "cached"]
    assert statuses(done(asked, project, since="2999-01-01")) == ["done", "done"]


def test_another_package_data_or_version_makes_it_anew(project, monkeypatch, snapshot):
    from hanyang_data.batch import cache

    asked = ask(matrix={"n": [1]})
    done(asked, project)
    why = lambda: decide(asked, project / "out", check, Options())[0].why  # noqa: E731
    monkeypatch.setattr(cache, "versions", lambda: {"python": "9", "pandas": "0"})
    assert why().startswith("the versions of the libraries (python 3")
    monkeypatch.undo()
    monkeypatch.chdir(project)
    monkeypatch.setattr(cache, "SNAPSHOT", snapshot)
    assert why() == "up to date"
    (snapshot / "observations.csv").write_text((snapshot / "observations.csv").read_text() + "\n")
    assert why() == "the data changed"
    monkeypatch.setattr(cache.Cache, "_package_digest", lambda self: "other")
    assert why() == "the data, the code of the package changed"


def test_no_data_is_skipped_in_a_matrix_a_mistake_alone_and_remembered(project):
    calls = []

    def counting(values):
        calls.append(values)
        check(values)

    asked = ask(matrix={"n": [-1, 1]})
    first = sweep(asked, project / "out", counting, Options())
    assert [(o.status, o.reason) for o in first] == [("skipped", "nothing for -1"), ("done", "")]
    calls.clear()
    again = sweep(asked, project / "out", counting, Options())
    assert [(o.status, o.reason) for o in again] == [("skipped", "nothing for -1"), ("cached", "up to date")]
    assert calls == [], "neither is checked again while nothing changes"
    with pytest.raises(ParameterError, match=r"s.yaml: nothing for -1"):
        sweep(ask(parameters={"n": -1}), project / "out", check)


def test_only_what_failed_is_made_again(project):
    asked = ask(matrix={"n": [1, 2], "how": ["well", "fail"]})
    assert sorted(statuses(done(asked, project, jobs=2))) == ["done", "done", "failed", "failed"]
    source = project / "notebooks" / "work.ipynb"
    source.write_text(source.read_text().replace("1 / 0", "pass"))
    again = done(asked, project, failed=True)
    assert {key[1]: o.status for key, o in again.items()} == {"well": "skipped", "fail": "done"}
    assert not list((project / "out" / "failed").glob("*/*")), "what is mended is cleared"


def test_what_looks_at_runs_comes_last_and_again_when_they_change(project):
    asked = [*runs_of({"notebook": "look"}, Path("l.yaml")), *ask(matrix={"n": [1, 2]})]
    headlines = lambda: json.loads(next((project / "out" / "look").glob("*/run.json")).read_text())["headline"]  # noqa: E731
    sweep(asked, project / "out", check, Options(jobs=2))
    assert headlines() == "2 runs"
    assert {o.status for o in sweep(asked, project / "out", check, Options())} == {"cached"}
    sweep([asked[0], *ask(matrix={"n": [1, 2, 3]})], project / "out", check, Options())
    assert headlines() == "3 runs"


def test_the_command_tells_lines_a_table_and_all_failures_at_once(project):
    (project / "s.yaml").write_text("notebook: work\nmatrix: {n: [1, 2], how: [well, fail]}\n")
    call = lambda *words: CliRunner().invoke(main, list(words))  # noqa: E731
    import hanyang_data.studies.scope  # whose check knows nothing of these notebooks: they ask for no region

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hanyang_data.studies.scope.Scope, "check", staticmethod(check))
        planned = call("sweep", "s.yaml", "--out", "out", "--dry-run")
        assert planned.output.count("run     work") == 4
        assert "never run" in planned.output
        assert not (project / "out").exists()
        shown = call("sweep", "s.yaml", "--out", "out")
        assert shown.exit_code == 1
        assert shown.output.startswith("4 to run, 0 unchanged, 0 skipped\n[1/4] work ")
        assert "2 done, 2 failed; table: out/sweep.csv" in shown.output
        assert "2 of 4 failed; --failed runs these again" in shown.output
        assert "\r" not in shown.output
        assert "\x1b" not in shown.output
        table = json.loads((project / "out" / "sweep.json").read_text())
        assert (table[0]["status"], table[0]["headline"]) == ("done", "It is 1.")
        assert (project / "out" / "sweep.csv").read_text(encoding="utf-8-sig").startswith("notebook,slug,status,seconds,headline")
        rows = json.loads(call("sweep", "s.yaml", "--out", "out", "--json", "-p", "how=well").stdout)
        assert [row["status"] for row in rows] == ["cached", "cached"]


def test_two_sweeps_into_one_folder_leave_whole_runs(project):
    code = (
        "import sys; from pathlib import Path; from hanyang_data.batch.plan import runs_of\n"
        "from hanyang_data.batch.sweep import *\n"
        "if __name__ == '__main__':\n"
        "    asked = runs_of({'notebook': 'work', 'matrix': {'n': [1, 2, 3, 4]}}, Path('s.yaml'))\n"
        "    outcomes = sweep(asked, Path('out'), lambda v: None, Options(jobs=2, force=True))\n"
        "    sys.exit({o.status for o in outcomes} != {'done'})\n"
    )
    (project / "go.py").write_text(code)
    both = [subprocess.Popen([sys.executable, "go.py"]) for _ in range(2)]
    assert [p.wait(timeout=300) for p in both] == [0, 0]
    asked = ask(matrix={"n": [1, 2, 3, 4]})
    assert {d.action for d in decide(asked, project / "out", check, Options())} == {"cached"}
    assert len(list((project / "out" / "work").iterdir())) == 4


def test_a_killed_sweep_loses_nothing_and_goes_on(project):
    code = (
        "from pathlib import Path; from hanyang_data.batch.plan import runs_of\n"
        "from hanyang_data.batch.sweep import *\n"
        "if __name__ == '__main__':\n"
        "    asked = runs_of({'notebook': 'work', 'matrix': {'n': [1, 2], 'how': ['well', 'hang']}}, Path('s.yaml'))\n"
        "    sweep(asked, Path('out'), lambda v: None, Options(jobs=4))\n"
    )
    (project / "go.py").write_text(code)
    parent = subprocess.Popen([sys.executable, "go.py"])
    deadline = time.monotonic() + 200
    while len(list(project.glob("out/work/[!.]*/run.json"))) < 2 and time.monotonic() < deadline:
        time.sleep(0.2)
    family = psutil.Process(parent.pid).children(recursive=True)
    parent.send_signal(signal.SIGKILL)
    parent.wait(timeout=60)
    assert psutil.wait_procs(family, timeout=60)[1] == []  # those that hang do not stay behind
    assert len(list(project.glob("out/work/.*"))) == 2
    asked = ask(matrix={"n": [1, 2], "how": ["well"]})
    assert {o.status for o in sweep(asked, project / "out", check, Options())} == {"cached"}
    assert not list(project.glob("out/**/.*.*.*")), "what was killed is swept up, also that of other runs"
    table = kept.listing(project / "out").set_index("status")
    assert table.loc["not made", "why"].tolist() == ["not reached the last time"] * 2


def test_failed_makes_what_was_not_reached_as_well_as_what_failed(project):
    asked, out = ask(matrix={"n": [1, 2, 3]}), project / "out"
    assert statuses(done(asked[:2], project)) == ["done", "done"]

    class Ended(Watcher):
        def end(self, outcome):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep(asked, out, check, Options(force=True), Ended())
    planned = decide(asked, out, check, Options(failed=True))
    assert [(d.action, d.why) for d in planned] == [
        ("cached", "did not fail"),
        ("run", "not reached the last time"),
        ("run", "not reached the last time"),
    ]
    assert statuses(done(asked, project, failed=True)) == ["cached", "done", "done"]
    assert statuses(done(asked, project, failed=True)) == ["cached", "cached", "cached"]


def test_a_run_that_fails_without_an_executed_copy_is_made_again_by_failed(project):
    source = project / "notebooks" / "work.ipynb"
    whole = source.read_text()
    asked = ask(matrix={"how": ["die", "well"]})
    source.write_text(whole.replace("os.kill(os.getpid(), 9)", "__import__('shutil').rmtree(os.getcwd()); os._exit(1)"))
    assert statuses(done(asked, project)) == ["failed", "done"]
    assert not (project / "out" / "failed").exists()
    source.write_text(whole.replace("os.kill(os.getpid(), 9)", "pass"))
    again = decide(asked, project / "out", check, Options(failed=True))
    assert (again[0].action, again[0].why) == ("run", "failed the last time")
    assert again[1].action == "skipped"
    assert statuses(done(asked, project, failed=True)) == ["done", "skipped"]


def test_failed_makes_what_was_never_made(project):
    assert statuses(done(ask(matrix={"n": [1, 2]}), project, failed=True)) == ["done", "done"]


def test_files_that_killed_sweeps_left_beside_the_runs_are_swept_up(project):
    dead, out = 2**22 + 1, project / "out"
    out.mkdir()
    left = [f".memory.json.{dead}.0123abcd", f".sweep.json.{dead}.0123abcd", f".sweep.csv.{os.getpid()}.0123abcd"]
    for name in (*left, ".mine.2024"):
        (out / name).write_text("half")
    sweep(ask(), out, check)
    assert sorted(p.name for p in out.iterdir() if "." in p.name[1:]) == [".memory.json", ".mine.2024", left[2]]


def test_a_folder_deleted_under_way_is_a_failure_and_the_rest_goes_on(project):
    source = project / "notebooks" / "work.ipynb"
    source.write_text(source.read_text().replace("if how == \\\"die\\\": os.kill(os.getpid(), 9)",
        "if how == \\\"die\\\": __import__('shutil').rmtree(os.getcwd())"))  # fmt: skip
    outcomes = done(ask(matrix={"how": ["die", "well"]}), project)
    assert [o.status for o in outcomes.values()] == ["failed", "done"]
    assert "No such file or directory" in outcomes[0, "die"].reason


def test_runs_are_listed_compared_explained_and_pruned(project):
    asked = ask(matrix={"n": [1, 2], "how": ["well", "fail"]})
    sweep(asked, project / "out", check)
    out = project / "out"
    table = kept.listing(out)
    assert sorted(table["status"]) == ["failed", "failed", "up to date", "up to date"]
    differing = kept.compare(out, "work/1-well", "2-well").set_index("what")
    assert differing.loc["parameter n"].tolist() == ["1", "2"]
    assert differing.loc["numbers.n"].tolist() == ["1", "2"]
    assert differing.loc["answer.en"].tolist() == ['["It is 1."]', '["It is 2."]']
    assert "figure f.png" in differing.index
    assert "up to date" in kept.explain(out, "1-well")
    with pytest.raises(ParameterError, match=r"fits 0|no run '3-'"):
        kept.find(out, "3-")
    with pytest.raises(ParameterError, match="fits 2 runs"):
        kept.find(out, "work/")
    (out / "work" / asked[0].slug / "f.png").write_text("x")
    assert "out of date: f.png is not as the run left it" in kept.explain(out, "1-well")
    assert len(kept.prune(out, dry_run=True)) == 3
    assert len(kept.prune(out)) == 3
    assert kept.listing(out)["status"].tolist() == ["up to date"]
    (out / "work" / asked[2].slug / "results.json").write_text("{")
    with pytest.raises(HanyangError, match=r"results\.json cannot be read"):
        kept.compare(out, "2-", "2-")


def test_memory_of_the_parent_and_time_per_run_stay_flat(project):
    import psutil

    sweep(ask(matrix={"n": list(range(5))}), project / "out", check, Options(jobs=2))
    before = psutil.Process().memory_info().rss
    outcomes = sweep(ask(matrix={"n": list(range(40))}), project / "out", check, Options(jobs=2, force=True))
    assert {o.status for o in outcomes} == {"done"}
    assert psutil.Process().memory_info().rss - before < 20e6


def test_the_schema_is_in_step_with_notebooks_and_catalogue(monkeypatch):
    import jsonschema
    import yaml

    from hanyang_data.batch import schema
    from hanyang_data.record.observations import default_dataset
    from hanyang_data.studies.scope import words

    monkeypatch.chdir(PROJECT)
    text = (PROJECT / "params" / "schema.json").read_text(encoding="utf-8")
    assert text == schema.text(words(default_dataset())), "run: make schema"
    validator = jsonschema.Draft202012Validator(json.loads(text))
    files = [f for f in sorted((PROJECT / "params").rglob("*.yaml")) if f.stem != "report"]  # which is another schema's
    for file in files:
        head = file.read_text(encoding="utf-8").splitlines()[0]
        assert head.startswith("# yaml-language-server: $schema=")
        assert (file.parent / head.split("=", 1)[1]).resolve() == PROJECT / "params" / "schema.json"
        assert not list(validator.iter_errors(yaml.safe_load(file.read_text(encoding="utf-8"))))
    for wrong in (
        {"notebook": "trnd"},
        {"notebook": "trend", "parameters": {"region": "atlantis"}},
        {"notebook": "trend", "x": 1},
    ):
        assert list(validator.iter_errors(wrong))


@pytest.mark.parametrize("moment", ["before the first run", "in the middle of a run"])
def test_the_process_that_runs_are_forked_from_is_started_anew_when_it_is_lost(project, moment):
    class Killer(Watcher):
        said, killed = [], False

        def start(self, decisions):
            if decisions and moment.startswith("before"):
                self.kill()

        def cell(self, run, number, of):
            if number == 2:
                self.kill()

        def kill(self):
            if not self.killed:
                self.killed = True
                os.kill(parent._pid(), signal.SIGKILL)

        def say(self, sentence):
            self.said.append(sentence)

    Killer.said, watcher = [], Killer()
    outcomes = sweep(ask(matrix={"n": [1, 2, 3]}), project / "out", check, Options(), watcher)
    assert [(o.status, o.reason) for o in outcomes] == [("done", "")] * 3
    assert watcher.said == [parent.ANEW]


def test_a_run_can_still_be_stopped_when_the_process_it_was_forked_from_is_lost(project):
    class Killer(Watcher):
        def cell(self, run, number, of):
            if number == 4 and not self.seen:
                self.seen = psutil.Process(parent._pid()).children()
                os.kill(parent._pid(), signal.SIGKILL)

    watcher = Killer()
    watcher.seen = []
    (outcome,) = sweep(ask(parameters={"how": "hang"}), project / "out", check, Options(timeout=3), watcher)
    assert "took longer than 3 s" in outcome.reason
    assert watcher.seen
    psutil.wait_procs(watcher.seen, timeout=10)
    assert not [p for p in watcher.seen if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
