"""Whatever is killed, deleted or started twice: no run is half, and nothing that was made is lost."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import psutil
import pytest
from small_project import ask, check, done

from hanyang_data.batch import parent
from hanyang_data.batch import runs as kept
from hanyang_data.batch.sweep import Options, Watcher, decide, sweep

pytestmark = pytest.mark.slow


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


def test_a_sweep_says_that_another_is_at_work_in_the_folder(project):
    said = []
    heard = Watcher()
    heard.say = said.append
    for pid, told in ((os.getppid(), 1), (2**22 + 1, 0), (os.getpid(), 0)):  # living, gone, this one
        making = project / "out" / "work" / f".run.{pid}.0123abcd"
        making.mkdir(parents=True)
        sweep([], project / "out", check, Options(), heard)
        assert len(said) == told
        assert all(f"another command is at work in {project / 'out'}: " in sentence for sentence in said)
        said.clear()
        if making.exists():
            making.rmdir()


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


def test_what_a_notebook_started_and_did_not_end_ends_with_its_run(project):
    source = project / "notebooks" / "work.ipynb"
    leaves = f"pathlib.Path(r'{project / 'pid'}').write_text(str(__import__('subprocess').Popen(['sleep', '600']).pid))"
    source.write_text(source.read_text().replace("os.kill(os.getpid(), 9)", leaves))
    assert [o.status for o in done(ask(parameters={"how": "die"}), project).values()] == ["done"]
    with suppress(psutil.NoSuchProcess):  # who adopts it may not have asked for its end yet
        assert psutil.Process(int((project / "pid").read_text())).status() == psutil.STATUS_ZOMBIE


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
    assert watcher.said == [parent.ANEW] * moment.startswith("before")  # a process that has begun goes on without it


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


def test_what_runs_are_forked_from_is_gone_with_its_command(tmp_path):
    told = tmp_path / "pid"  # no pipe, at whose end it would be gone anyway
    code = f"from hanyang_data.batch import parent; parent.context(); open({str(told)!r}, 'w').write(str(parent._pid()))"
    subprocess.run([sys.executable, "-c", code], check=True)
    with suppress(psutil.NoSuchProcess):  # who adopts it may not have asked for its end yet
        assert psutil.Process(int(told.read_text())).status() == psutil.STATUS_ZOMBIE
