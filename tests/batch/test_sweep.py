"""A sweep: each way to fail is named, what is told, what comes last, and the runs it leaves."""

import io
import json
import re
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner
from small_project import ask, check, done

from hanyang_data.batch import runs as kept
from hanyang_data.batch.plan import runs_of
from hanyang_data.batch.progress import Progress
from hanyang_data.batch.reasons import in_both
from hanyang_data.batch.sweep import Options, sweep
from hanyang_data.cli.main import main
from hanyang_data.errors import HanyangError, ParameterError

pytestmark = pytest.mark.slow


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
            assert re.search("[一-龥]", in_both(outcome.reason).zh), "a Chinese report says it in Chinese"
            assert not (project / "out" / "work" / outcome.run.slug).exists()
    assert not [p for p in (project / "out" / "work").iterdir() if p.name.startswith(".")]


def test_what_looks_at_runs_comes_last_and_again_when_they_change(project):
    asked = [*runs_of({"notebook": "look"}, Path("l.yaml")), *ask(matrix={"n": [1, 2]})]
    headlines = lambda: json.loads(next((project / "out" / "look").glob("*/run.json")).read_text())["headline"]  # noqa: E731
    sweep(asked, project / "out", check, Options(jobs=2))
    assert headlines() == "2 runs"
    assert {o.status for o in sweep(asked, project / "out", check, Options())} == {"cached"}
    more, told = [asked[0], *ask(matrix={"n": [1, 2, 3]})], io.StringIO()
    sweep(more, project / "out", check, Options(), Progress(len(more), told, quiet=True))
    assert headlines() == "3 runs"
    assert told.getvalue().startswith("1 to run, 2 unchanged, 0 skipped, then 1 that sums up\n")
    assert told.getvalue().count(" to run") == 1


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
        assert shown.output.count("ZeroDivisionError") == 2  # each failure is told once
        assert all(line.count("-well-") <= 1 for line in shown.output.splitlines())
        assert call("runs", "--failed", "--out", "out").output.count("ZeroDivisionError") == 2
        assert call("sweep", "s.yaml", "--out", "out", "--dry-run").output.count("failed the last time") == 2
        assert "\r" not in shown.output
        assert "\x1b" not in shown.output
        table = json.loads((project / "out" / "sweep.json").read_text())
        assert (table[0]["status"], table[0]["headline"]) == ("done", "It is 1.")
        assert (project / "out" / "sweep.csv").read_text(encoding="utf-8-sig").startswith("notebook,slug,status,seconds,headline")
        rows = json.loads(call("sweep", "s.yaml", "--out", "out", "--json", "-p", "how=well").stdout)
        assert [row["status"] for row in rows] == ["cached", "cached"]


def test_runs_are_listed_compared_explained_and_pruned(project):
    asked = ask(matrix={"n": [1, 2], "how": ["well", "fail"]})
    sweep(asked, project / "out", check)
    out = project / "out"
    table = kept.listing(out)
    assert sorted(table["status"]) == ["failed", "failed", "up to date", "up to date"]
    lost = table[table["status"] == "failed"].reset_index(drop=True)
    assert kept.listing(out, failed=True).drop(columns="seconds").equals(lost.drop(columns="seconds"))
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

    sweep(ask(matrix={"n": list(range(5))}), project / "out", check, Options(jobs=2))
    before = psutil.Process().memory_info().rss
    outcomes = sweep(ask(matrix={"n": list(range(40))}), project / "out", check, Options(jobs=2, force=True))
    assert {o.status for o in outcomes} == {"done"}
    assert psutil.Process().memory_info().rss - before < 20e6
