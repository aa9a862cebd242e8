"""Nothing is done twice: what is made again, and why."""

import os

import nbformat
import pytest
from small_project import ask, check, done, statuses

from hanyang_data.batch.sweep import Options, Watcher, decide, sweep
from hanyang_data.errors import ParameterError

pytestmark = pytest.mark.slow


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
    monkeypatch.setattr(cache, "package_digest", lambda: "other")
    monkeypatch.setattr(cache, "_stamp_of_package", lambda: "touched")
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
