"""A terminal of any encoding, a pipe whose reader is gone, a system without what POSIX has: the batch is made all the same."""

import json
import os
import subprocess
import sys
import time

import pandas as pd
import pytest
from helpers import PROJECT

from hanyang_data.batch.folders import _alive
from hanyang_data.cli.terminal import as_text

COMMAND = [sys.executable, "-m", "hanyang_data.cli.main"]
RUN = ["run", "trend", "data_audit", "-p", "formats=[svg]"]


def environment(**names: str) -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if k != "PYTHONUTF8"} | names


def called(encoding: str, *words: str) -> bytes:
    done = subprocess.run([*COMMAND, *words], cwd=PROJECT, env=environment(PYTHONIOENCODING=encoding), capture_output=True,
                          check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "cp1252", "gbk", "shift_jis"])
def test_tables_and_lines_are_written_in_signs_that_the_terminal_has(encoding):
    for words in (["list"], ["show", "gdp", "--lang", "zh"], ["show", "gdp", "--region", "wuhan", "--revisions"], ["--help"]):
        called(encoding, *words).decode(encoding)
    assert "武汉市".encode("gbk") in called("gbk", "list", "regions")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk"])
def test_what_a_program_reads_loses_nothing(encoding):
    listed = json.loads(called(encoding, "list", "regions", "--json").decode(encoding))
    assert listed["regions"][0]["name_zh"] == "汉阳区"


@pytest.mark.slow
@pytest.mark.parametrize(("encoding", "arrow"), [("ascii", "->"), ("cp437", "->"), ("utf-8", "→")])
def test_a_batch_does_not_end_because_of_what_it_prints(tmp_path, encoding, arrow):
    said = called(encoding, *RUN, "--out", str(tmp_path)).decode(encoding)
    assert said.count(arrow) == 2
    assert len(list(tmp_path.glob("*/*/run.json"))) == 2


@pytest.mark.slow
def test_a_batch_goes_on_when_nobody_reads_what_it_prints(tmp_path):
    process = subprocess.Popen([*COMMAND, *RUN, "--out", str(tmp_path), "-j", "1"], cwd=PROJECT, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    said = process.stderr.read()
    process.wait(timeout=120)
    process.stderr.close()
    assert len(list(tmp_path.glob("*/*/run.json"))) == 2
    assert not said


WITHOUT_POSIX = """
import multiprocessing, os, sys
for name in ("setsid", "fork", "forkpty", "killpg", "getpgid"):
    if hasattr(os, name):
        delattr(os, name)
kill = os.kill
def only_real_signals(pid, number):
    assert number or "psutil" in sys._getframe(1).f_code.co_filename, "os.kill(pid, 0) ends the process on Windows"
    kill(pid, number)
os.kill = only_real_signals
import multiprocessing.context as context
context._concrete_contexts = {"spawn": context._concrete_contexts["spawn"]}
context._default_context._default_context = context._concrete_contexts["spawn"]
context._default_context.get_all_start_methods = lambda: ["spawn"]
multiprocessing.get_all_start_methods = lambda: ["spawn"]
"""


@pytest.mark.slow
def test_without_fork_and_posix_the_spawned_engine_takes_over_and_says_so(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(WITHOUT_POSIX)
    names = environment(PYTHONPATH=os.pathsep.join([str(tmp_path), str(PROJECT)]))
    done = subprocess.run([*COMMAND, *RUN, "--out", str(tmp_path / "out")], cwd=PROJECT, env=names, capture_output=True,
                          text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "this system does not fork: each run starts a process of its own" in done.stdout
    assert len(list((tmp_path / "out").glob("*/*/run.json"))) == 2
    again = subprocess.run([*COMMAND, *RUN, "--out", str(tmp_path / "out")], cwd=PROJECT, env=names, capture_output=True,
                           text=True, check=False)  # fmt: skip
    assert "2 unchanged" in again.stdout
    assert "does not fork" not in again.stdout


def test_a_look_at_a_process_ends_none():
    assert _alive(os.getpid())
    assert not _alive(2**22 + 1)
    assert not _alive(10**30)


def test_a_table_is_aligned_in_columns_of_the_terminal_and_one_of_a_nation_soon():
    table = pd.DataFrame({"region": ["汉阳区", "wuchang"], "n": [7, 12], "gap": [-0.5, float("nan")], "note": [None, "a"]})
    assert as_text(table).splitlines() == [
        "region    n   gap note", "汉阳区    7  -0.5", "wuchang  12     – a",
    ]  # fmt: skip
    assert as_text(table.iloc[:0]).split() == list(table.columns)
    nation, started = pd.concat([table] * 15_000), time.process_time()
    assert len(as_text(nation).splitlines()) == 30_001
    assert time.process_time() - started < 2
