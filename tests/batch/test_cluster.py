"""The same sweep on a Dask cluster: a scheduler and two workers as processes of their own, one killed in the middle."""

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_project import check

from hanyang_data.batch import cluster as dask
from hanyang_data.batch import parent
from hanyang_data.batch.cluster import backend_of
from hanyang_data.batch.plan import runs_of
from hanyang_data.batch.sweep import Options, Watcher, decide, sweep
from hanyang_data.errors import HanyangError, ParameterError

pytestmark = [
    pytest.mark.slow,
    # a worker that is killed leaves its connections to the garbage collector
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"),
]


def start(*words: str, **options) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]], **options)


@pytest.fixture
def cluster(tmp_path):
    """Address of a scheduler with two workers, and the workers' processes."""
    where = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    processes = [
        start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(where), **quiet)
    ]
    deadline = time.monotonic() + 120
    while not where.is_file() and time.monotonic() < deadline:
        time.sleep(0.2)
    address = json.loads(where.read_text())["address"]
    for number in range(2):
        folder = tmp_path / f"worker{number}"
        processes.append(
            start("worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny", "--local-directory", str(folder), **quiet)
        )
    from distributed import Client

    with Client(address, timeout="60s", set_as_default=False) as client:
        client.wait_for_workers(2, timeout=120)
    yield address, processes
    for process in processes:
        process.kill()
        process.wait()


def test_a_sweep_on_a_cluster_is_the_same_and_survives_a_killed_worker(project, cluster):
    address, (_, *workers) = cluster
    source = project / "notebooks" / "work.ipynb"
    slowly = source.read_text().replace("import json, os, pathlib, time", "import json, os, pathlib, time\\ntime.sleep(1)")
    source.write_text(slowly.replace(r"{\"n\": n}", r"{\"n\": n, \"by\": os.getppid()}"))
    content = {"notebook": "work", "matrix": {"n": list(range(6))}}
    asked = runs_of(content, Path("s.yaml"))

    class Killer:
        def start(self, decisions):
            pass

        def cell(self, *_):
            pass

        def end(self, outcome):
            if workers[0].poll() is None:
                workers[0].kill()

    outcomes = sweep(asked, project / "out", check, Options(backend=backend_of(address)), Killer())
    assert [(o.status, o.reason) for o in outcomes] == [("done", "")] * 6
    assert workers[0].poll() is not None, "one worker was killed in the middle"
    for outcome in outcomes:
        n = outcome.run.parameters["n"]
        assert (outcome.folder / "f.png").read_text() == str(n)
        assert json.loads((outcome.folder / "run.json").read_text())["headline"] == f"It is {n}."
    forked_from = {json.loads((outcome.folder / "results.json").read_text())["numbers"]["by"] for outcome in outcomes}
    assert len(forked_from) <= 2, "a worker keeps the process that runs are forked from, with what they ask alike"
    again = sweep(asked, project / "out", check, Options())
    assert {o.status for o in again} == {"cached"}, "what the cluster made is up to date here"
    failing = runs_of({"notebook": "work", "matrix": {"how": ["fail", "die"]}}, Path("s.yaml"))
    shared = sweep(failing, project / "out", check, Options(backend=backend_of(address, shared=True)))
    assert "ZeroDivisionError" in shared[0].reason
    assert "SIGKILL" in shared[1].reason
    assert (shared[0].folder / "notebook.ipynb").is_file()


class Watching(Watcher):
    """Does something to the scheduler once a run is done."""

    def __init__(self, act):
        self.act, self.acted = act, False

    def end(self, outcome):
        if not self.acted:
            self.acted = True
            self.act()


@pytest.mark.parametrize("way", ["killed", "stopped", "without any worker"])
def test_a_scheduler_that_is_lost_ends_the_sweep_and_names_what_was_not_made(project, cluster, monkeypatch, way):
    for name, seconds in {"LOOK": 1.0, "SILENCE": 3.0, "WITHOUT": 3.0}.items():
        monkeypatch.setattr(dask, name, seconds)
    address, (scheduler, *workers) = cluster
    from distributed import Client

    with Client(address, set_as_default=False) as client:  # what these notebooks need, and no statistics and no figures
        client.run(parent.imports, "hanyang_data.batch.engine")
    asked = runs_of({"notebook": "work", "matrix": {"n": list(range(12))}}, Path("s.yaml"))
    act = {
        "killed": scheduler.kill,
        "stopped": lambda: scheduler.send_signal(signal.SIGSTOP),
        "without any worker": lambda: [worker.kill() for worker in workers],
    }
    watcher = Watching(act[way])
    outcomes = sweep(asked, project / "out", check, Options(backend=backend_of(address)), watcher)
    lost = [o for o in outcomes if o.status == "failed"]
    was, again = ("has lost all its workers", "start some") if "worker" in way else ("was lost", "start one")
    assert {o.reason for o in lost} == {f"not made, for the Dask scheduler at {address} {was}: {again} and say the same again"}
    assert [o.status for o in outcomes if o not in lost] == ["done"] * (12 - len(lost)), "what was made is kept"
    assert 0 < len(lost) < 12
    assert not list(project.glob("out/work/.*"))
    planned = decide(asked, project / "out", check, Options(failed=True))
    assert [d.action for d in planned].count("run") == len(lost), "the same goes on, and so does --failed"


class Cluster:
    """Stands for a client of Dask: how many workers each look finds, or that none is told."""

    status = "running"

    def __init__(self, *found):
        self.found, self.scheduler = list(found), self
        self.ncores = None

    def sync(self, *_, **__):
        found = self.found.pop(0)
        if found is None:
            raise OSError("no answer")
        return ["worker"] * found


LOOKS = {  # workers at each look, ten seconds apart: why the sweep ends with the last of them
    "workers": ((2,) * 12, ""),
    "workers that come back": ((2, 0, 0, 0, 1, 0, 0, 0), ""),
    "no workers for a minute": ((2, 0, 0, 0, 0, 0, 0, 0, 0), "has lost all its workers"),
    "no answer": ((2, None), "was lost"),
}


@pytest.mark.parametrize(("found", "why"), LOOKS.values(), ids=LOOKS)
def test_how_long_a_cluster_may_be_silent(monkeypatch, found, why):
    now = [1000.0]
    monkeypatch.setattr(dask.time, "monotonic", lambda: now[0])
    line = dask.Connection(Cluster(*found), "tcp://scheduler", looked=now[0])
    for number in range(1, len(found) + 1):
        now[0] += 10
        lost = line.lost(heard=False)
        assert bool(lost) == (bool(why) and number == len(found)), number
    assert why in lost
    assert line.deaf == (why == "was lost")


def test_what_does_not_fit_is_said_before_anything_runs(monkeypatch):
    from hanyang_data.batch import cluster as module

    with pytest.raises(ParameterError, match="needs --scheduler"):
        backend_of("")
    monkeypatch.setattr(module, "PATIENCE", "2s")
    with pytest.raises(HanyangError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        backend_of("tcp://127.0.0.1:9")
    here = module.fingerprint()

    class Client:
        def run(self, function):
            return {"tcp://worker": here | {"pandas": "0.1"}}

        def close(self):
            pass

    with pytest.raises(HanyangError, match=re.escape("worker tcp://worker differs from this machine: pandas 0.1 against")):
        module._check_workers(Client())
