"""The command: what it prints, and one sentence with a non-zero exit for every mistake."""

import json

import pytest
from click.testing import CliRunner
from helpers import PROJECT

from hanyang_data.cli.main import main

LEFT = {".memory.json", ".unfinished"}  # what need not be computed again and what is owed, beside the runs


@pytest.fixture
def hanyang(monkeypatch):
    monkeypatch.chdir(PROJECT)
    runner = CliRunner()

    def call(*arguments):
        result = runner.invoke(main, [str(a) for a in arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return call


@pytest.mark.parametrize("command", ["list", "show", "run", "sweep", "audit"])
def test_every_command_helps_with_an_example(hanyang, command):
    shown = hanyang(command, "--help")
    assert shown.exit_code == 0
    assert f"Example:\n    hanyang {command}" in shown.output


def test_list_shows_what_exists(hanyang):
    assert "target_shortfall" in hanyang("list", "notebooks").output
    assert "focus_year" in hanyang("list", "parameters").output
    assert "规模以上工业增加值" in hanyang("list", "indicators").output
    assert "硚口区" in hanyang("list", "regions").output
    everything = hanyang("list").output
    assert all(head in everything for head in ("notebooks", "parameters", "indicators", "regions", "series"))
    listed = json.loads(hanyang("list", "regions", "--json").output)
    assert listed["regions"][0]["id"] == "hanyang"


def test_show_prints_values_vintages_and_sources(hanyang):
    shown = hanyang("show", "gdp", "--region", "hanyang")
    assert shown.exit_code == 0
    for word in ("2020", "-8.0", "initial_estimate", "break", "Source:\n  Hanyang District People's Government"):
        assert word in shown.output
    assert "6.5%" in hanyang("show", "gdp", "--targets", "original").output
    assert "来源：" in hanyang("show", "gdp", "--lang", "zh").output
    assert json.loads(hanyang("show", "gdp", "--json").output)[0]["value"] == 7.0
    assert "2023" not in hanyang("show", "gdp", "--as-of", "2021-06-30").output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["show", "gpd"], "unknown indicator 'gpd': did you mean gdp"),
        (["show", "gdp", "--region", "wuhn"], "did you mean wuhan"),
        (["show", "gdp", "--measure", "size"], "measure is 'size'"),
        (["show", "gdp", "--as-of", "june"], "write a day such as 2021-06-30"),
        (["show", "gdp", "--lang", "fr"], "unknown language 'fr'"),
        (
            ["show", "foreign_capital"],
            "no growth outturn of foreign_capital for hanyang: the record holds level outturns of 2020",
        ),
        (["show", "gdp", "--region", "east_lake_scenic"], "for east_lake_scenic: the record holds nothing on it"),
        (["show", "gdp", "--targets", "plan"], "no growth plan target of gdp for hanyang: .*plan level targets of 2025"),
        (["run", "params/trend.yaml", "--out", "Makefile"], "Makefile is a file: name a folder"),
        (["list", "indicator"], "did you mean indicators"),
        (["run", "params/trnd.yaml"], "params/trnd.yaml cannot be read: No such file or directory"),
        (["show", "gdp", "--data", "no/such/folder"], "regions.csv is missing|observations.csv is missing"),
        (["audit", "--sources", "no/such/folder"], "is not a folder"),
    ],
)
def test_a_mistake_is_one_sentence_and_exit_2(hanyang, arguments, says):
    import re

    shown = hanyang(*arguments)
    assert shown.exit_code == 2
    assert re.search(says, shown.output)
    assert shown.output.startswith("error: ")
    assert shown.output.count("\n") == 1
    assert "Traceback" not in shown.output


def test_a_malformed_snapshot_is_named_by_file_row_and_column(hanyang, edit):
    shown = hanyang("show", "gdp", "--data", edit("observations.csv", 4, unit="RMB"))
    assert shown.exit_code == 2
    assert "observations.csv, row 4, column unit: found 'RMB'" in shown.output


def test_all_params_files_are_checked_before_the_first_run(hanyang, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("notebook: trend\nparameters:\n  end_yaer: 2023\n")
    shown = hanyang("run", "params/trend.yaml", bad, "--out", tmp_path / "out")
    assert shown.exit_code == 2
    assert "did you mean end_year" in shown.output
    assert not (tmp_path / "out").exists()


def test_what_a_report_cannot_show_or_write_is_told_before_the_first_run(hanyang, tmp_path):
    file, out = tmp_path / "r.yaml", tmp_path / "runs"
    block = "title: T\nformats: [html, docx]\nruns:\n  - notebook: trend\n    parameters: {formats: [png]}\n"
    file.write_text(block)
    shown = hanyang("report", file, "--out", out, "-o", tmp_path / "rep")
    assert (shown.exit_code, "trend draws no svg, which a report in html shows" in shown.output) == (2, True)
    for place in (file, file / "below"):
        shown = hanyang("report", "params/report.yaml", "--out", out, "-o", place)
        assert (shown.exit_code, shown.output) == (2, f"error: {file} is a file: name a folder\n")
    assert [entry.name for entry in tmp_path.iterdir()] == ["r.yaml"]


def test_all_mistakes_are_told_at_once(hanyang, tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(f"notebook: trend\nparameters:\n  region: {name}\n")
    shown = hanyang("run", tmp_path / "a.yaml", tmp_path / "b.yaml")
    assert shown.exit_code == 2
    assert "unknown region 'a'" in shown.output
    assert "unknown region 'b'" in shown.output


@pytest.mark.slow
@pytest.mark.parametrize(("signal_name", "underway"), [("SIGINT", False), ("SIGINT", True), ("SIGTERM", True), ("SIGHUP", True)])
def test_ending_it_is_one_sentence_and_leaves_nothing_half_done(tmp_path, signal_name, underway):
    import signal
    import subprocess
    import sys
    import time

    import psutil

    for attempt in range(5):  # a run may be over before the signal comes
        out = tmp_path / str(attempt)
        command = [sys.executable, "-u", "-m", "hanyang_data.cli.main", "run", "params/trend.yaml", "--out", str(out)]
        run = subprocess.Popen(
            command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # in the background a shell has it ignored
        )  # fmt: skip
        assert run.stdout is not None
        assert run.stdout.readline() == "1 to run, 0 unchanged, 0 skipped\n"  # it has begun, however slow the machine
        while underway and not any(out.glob("trend/.*/trend.ipynb")):  # its process has begun
            if run.poll() is not None:
                break
            time.sleep(0.01)
        if run.poll() is not None:
            run.communicate()
            continue
        children = psutil.Process(run.pid).children(recursive=True)
        run.send_signal(getattr(signal, signal_name))
        output = run.communicate(timeout=120)[0]
        if run.returncode:
            break
    assert "Traceback" not in output
    assert run.returncode == 130
    assert "interrupted: finished runs stay" in output
    psutil.wait_procs(children, timeout=30)
    assert not [c for c in children if c.is_running() and c.status() != psutil.STATUS_ZOMBIE]
    assert [p.name for p in out.rglob("*") if p.is_file() and not LEFT & set(p.parts)] == []


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.15, 0.4, 0.8, 1.2, 1.6, 2.0])
@pytest.mark.parametrize("words", [["run", "params/trend.yaml"], ["report", "params/report.yaml"]])
def test_an_interrupt_is_one_sentence_from_the_first_instant(tmp_path, words, seconds):
    import os
    import signal
    import subprocess
    import sys
    import time

    start = "print('here', flush=True); from hanyang_data.cli.command import main; main()"  # as the installed command does
    run = subprocess.Popen(
        [sys.executable, "-c", start, *words, "--out", str(tmp_path / "out"), *["-o", str(tmp_path)] * (words[0] == "report")],
        cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    assert run.stdout is not None
    assert run.stdout.readline() == "here\n"
    time.sleep(seconds)
    if run.poll() is not None:  # over before the signal, on a fast machine
        return
    os.killpg(run.pid, signal.SIGINT)  # a terminal sends it to all
    output = run.communicate(timeout=120)[0]
    assert "Traceback" not in output
    assert output.count("interrupted: finished runs stay") == 1
    assert run.returncode == 130
    left = [p for p in tmp_path.rglob("*") if p.is_file() and not LEFT & set(p.parts)]
    assert [p.name for p in left if not (p.parent / "run.json").is_file()] == []


def test_an_interrupt_that_an_import_swallows_is_heard_all_the_same(tmp_path):
    import signal
    import subprocess
    import sys

    (tmp_path / "swallows.py").write_text(
        "import os, signal, time\n"
        "try:\n    os.kill(os.getpid(), signal.SIGINT)\n    time.sleep(9)\n"
        "except KeyboardInterrupt:\n    pass\n"  # as matplotlib's import of its 3D axes does
        "print('went on', flush=True)\ntime.sleep(9)\nprint('to the end')\n"
    )
    start = (
        "import sys, types; from hanyang_data.cli.command import main; stand_in = types.ModuleType('main')\n"
        "def swallow():\n    import swallows\n"
        "stand_in.main = swallow; sys.modules['hanyang_data.cli.main'] = stand_in; sys.path.insert(0, sys.argv[1]); main()"
    )
    run = subprocess.run(
        [sys.executable, "-c", start, str(tmp_path)], cwd=PROJECT, text=True, capture_output=True, timeout=60,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    assert run.returncode == 130
    assert run.stdout == "went on\n"
    assert run.stderr.count("interrupted: finished runs stay") == 1
    assert "Traceback" not in run.stderr


@pytest.mark.slow
def test_run_says_what_it_made_and_where(hanyang, tmp_path):
    shown = hanyang("run", "params/trend.yaml", "--out", tmp_path / "out", "--figures", tmp_path / "gallery")
    assert shown.exit_code == 0
    assert "4 figure files" in shown.output
    assert sorted(p.name for p in (tmp_path / "gallery").iterdir()) == [
        f"trend_growth_and_level_en.{ending}" for ending in ("pdf", "png", "svg", "txt")
    ]


@pytest.mark.slow
def test_a_failing_notebook_does_not_stop_the_others_and_exits_1(hanyang, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "trend").write_text("a file where a folder belongs")
    shown = hanyang("run", "params/trend.yaml", "params/growth_gap.yaml", "--out", tmp_path / "out")
    assert shown.exit_code == 1
    assert "cannot be written" in shown.output
    assert "1 of 2 failed" in shown.output
    assert (tmp_path / "out" / "growth_gap").is_dir()
