"""The table of finished runs as one Parquet file: what stands for the folder, and the command that writes it."""

import sys

import duckdb
import pandas as pd
import pytest
from click.testing import CliRunner
from helpers import PROJECT, planned
from test_summary import leave
from test_summary import runs as runs

import hanyang_data as hd
from hanyang_data.batch.cache import Cache
from hanyang_data.cli.main import main
from hanyang_data.errors import HanyangError
from hanyang_data.studies.results import plain
from hanyang_data.studies.summary import runs as summary


def test_one_parquet_file_stands_for_the_folder(runs, tmp_path):
    file = tmp_path / "all.parquet"
    assert summary.write(runs, file) == 4
    for lang in ("en", "zh"):
        folder, same = hd.summary(runs, lang=lang), hd.summary(file, lang=lang)
        assert plain(same.runs) == plain(folder.runs)
        assert same.answer() == folder.answer()
        assert plain(same.ranks) == plain(folder.ranks)
    assert hd.summary(file, runs=["trend/a"]).runs["folder"].tolist() == ["trend/a"]
    found = duckdb.sql(f"select folder from '{file}' where missing[1] = 2017").fetchall()
    assert found == [("trend/b",)]
    with pytest.raises(HanyangError, match=r"none.all\.parquet cannot be written: No such file or directory"):
        summary.write(runs, tmp_path / "none" / "all.parquet")
    pd.DataFrame({"a": [1]}).pipe(duckdb.from_df).write_parquet(str(file))
    with pytest.raises(
        HanyangError, match=r"all\.parquet is no table of runs \(it lacks notebook, .*\): write it with hanyang runs"
    ):
        hd.summary(file).answer()
    file.write_text("nothing")
    with pytest.raises(HanyangError, match=r"all\.parquet cannot be read as Parquet: ") as caught:
        hd.summary(file).answer()
    assert "\n" not in str(caught.value)


def test_without_duckdb_the_sentence_says_what_to_install(runs, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    (tmp_path / "a.parquet").write_bytes(b"")
    for ask in (lambda: summary.write(runs, tmp_path / "b.parquet"), hd.summary(tmp_path / "a.parquet").answer):
        with pytest.raises(HanyangError, match=r"^Parquet needs duckdb, .*: pip install 'hanyang-data\[duckdb\]'$"):
            ask()
    assert not (tmp_path / "b.parquet").exists()


def test_the_command_writes_the_file_and_a_summary_of_it_changes_with_it(runs, tmp_path, monkeypatch):
    monkeypatch.chdir(PROJECT)
    said = CliRunner().invoke(main, ["runs", "export", "--out", str(runs)], catch_exceptions=False)
    assert said.output == f"4 runs in {runs / 'runs.parquet'}\n"
    cache, run = Cache(tmp_path / "elsewhere"), planned(PROJECT / "params" / "summary.yaml")
    run.parameters["runs_dir"] = str(runs / "runs.parquet")
    before = cache.key(run)["runs"]
    leave(runs, "trend", "new", {"growth": {}})
    assert cache.key(run)["runs"] == before
    summary.write(runs, runs / "runs.parquet")
    assert cache.key(run)["runs"] != before
