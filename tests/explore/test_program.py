"""Of a notebook only what a figure and a table need, and of that everything."""

import pytest

from hanyang_data.explore import program as module
from hanyang_data.explore.program import program
from hanyang_data.results import Shown


@pytest.fixture
def small(tmp_path, monkeypatch):
    import nbformat as nbf

    folder = tmp_path / "notebooks"
    folder.mkdir()
    cells = [
        nbf.v4.new_code_cell('out_dir: str = "."', metadata={"tags": ["parameters"]}),
        nbf.v4.new_code_cell(
            "from math import floor\ntrace = []\nkept = [trace.append(0)]\nrecord = Recorder()  # out_dir"
        ),
        nbf.v4.new_code_cell("a = {'x': floor(1.5)}\na['y'] = 2\nb, c = 1 / zero, 3"),
        nbf.v4.new_code_cell("trace.append('checked')"),
        nbf.v4.new_code_cell("record.used(b)"),
        nbf.v4.new_code_cell("record.answer(a)"),
        nbf.v4.new_code_cell("record.figure('one', a)"),
        nbf.v4.new_code_cell("record.figure('two', b)"),
        nbf.v4.new_code_cell("record.table('three', len(a))"),
        nbf.v4.new_code_cell("record.save()"),
    ]
    nbf.write(nbf.v4.new_notebook(cells=cells), folder / "small.ipynb")
    monkeypatch.setattr(module, "notebooks_folder", lambda: folder)
    program.cache_clear()
    yield program("small")
    program.cache_clear()


class Recorder:
    def answer(self, what):
        return Shown({"text/plain": what})

    def figure(self, name, what):
        return Shown({"text/plain": (name, what)})

    def table(self, name, what):
        return Shown({"text/plain": (name, what)})


def test_figures_tables_and_what_follows_what(small):
    assert small.figures == ["one", "two"]
    assert small.tables == ["three"]
    assert small.table_of == {"one": "three", "two": "three"}


def test_only_what_is_needed_is_run(small):
    """The second figure needs a division by zero; the first one and the table do not."""
    names = {"Recorder": Recorder, "zero": 0}
    shown = {kind: s.bundle["text/plain"] for kind, s in small.run(names, "one", "three").items()}
    assert shown == {"answer": {"x": 1, "y": 2}, "figure": ("one", {"x": 1, "y": 2}), "table": ("three", 2)}
    with pytest.raises(ZeroDivisionError):
        small.run(names, "two", "three")


def test_checks_are_always_run(small):
    """A statement that shows nothing and writes nothing, such as ``scope.require(growth)``, may stop the notebook."""
    checks = [step for step in small.steps if step.always]
    assert [step.reads for step in checks] == [{"trace"}]
    assert checks[0] in list(small._needed({("figure", "one")}))
