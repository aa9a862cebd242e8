"""The table of a sweep: the same rows as JSON, CSV and Parquet."""

import json
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from hanyang_data.batch.collect import COLUMNS, Outcome, not_made, write_summary
from hanyang_data.batch.job import Run
from hanyang_data.batch.reasons import Reason
from hanyang_data.errors import HanyangError
from hanyang_data.studies.summary import runs as summary
from hanyang_data.studies.summary.runs import RunsFolder
from hanyang_data.words.wording import Text


def outcomes(n):
    runs = [Run("s", Path("trend.ipynb"), {"region": f"d{i:04d}", "start_year": 2010 + i}, f"d{i:04d}-x") for i in range(n)]
    told = {"headline": "“About 7%”，与上年同", "figures": ["growth_and_level"]}
    return [Outcome(run, "cached", Path("there"), reason="up to date", told=told) for run in runs]


def test_one_parquet_file_is_asked_with_sql_and_holds_what_the_csv_holds(tmp_path):
    write_summary(outcomes(30), tmp_path)
    found = duckdb.sql(f"select region, start_year, headline from '{tmp_path}/sweep.parquet' where start_year > 2037")
    assert found.fetchall() == [(f"d{i:04d}", 2010 + i, "“About 7%”，与上年同") for i in (28, 29)]
    csv = pd.read_csv(tmp_path / "sweep.csv")
    assert duckdb.sql(f"select count(*) from '{tmp_path}/sweep.parquet'").fetchall() == [(len(csv),)] == [(30,)]
    assert list(csv.columns) == [*COLUMNS, "region", "start_year"]


def test_the_json_has_a_run_a_line_and_tells_what_was_not_made(tmp_path):
    failed = Outcome(outcomes(1)[0].run, "failed", None, reason=Reason.of(Text("cell [3] failed", "第3个单元格出错")))
    write_summary([*outcomes(2), failed], tmp_path)
    text = (tmp_path / "sweep.json").read_text(encoding="utf-8")
    assert len(text.splitlines()) == len(json.loads(text)) + 2
    place, said = {"notebook": "trend", "slug": "d0000-x", "status": "failed"}, {"reason": "cell [3] failed"}
    assert not_made(tmp_path) == [place | said | {"reason_zh": "第3个单元格出错"}]
    (tmp_path / "sweep.json").write_text(json.dumps([place | said]), encoding="utf-8")  # of an earlier version
    assert not_made(tmp_path) == [place | said | {"reason_zh": "cell [3] failed"}]


def test_a_sweep_of_nothing_leaves_no_parquet(tmp_path):
    write_summary([], tmp_path)
    assert json.loads((tmp_path / "sweep.json").read_text()) == []
    assert not (tmp_path / "sweep.parquet").exists()


def test_what_the_last_sweep_could_not_make_is_counted_and_listed(tmp_path):
    rows = [
        {"notebook": "trend", "slug": "a", "status": "done", "reason": ""},
        {"notebook": "trend", "slug": "b", "status": "failed", "reason": "it broke"},
        {"notebook": "growth_gap", "slug": "c", "status": "skipped", "reason": "no figure", "reason_zh": "没有数据"},
        {"notebook": "growth_gap", "slug": "d", "status": "skipped", "reason": "no figure"},
    ]
    (tmp_path / "sweep.json").write_text(json.dumps(rows), encoding="utf-8")
    for lang, said in (("en", "1 run failed and 2 runs had too little data"), ("zh", "1次失败，2次因数据不足未运行")):
        folder = RunsFolder(str(tmp_path), lang)
        unmade = summary.lost(folder)
        assert unmade["slug"].tolist() == ["b", "c", "d"]
        assert said in summary.lost_sentence(unmade).to(lang)
        assert summary.lost_table(folder, unmade).iloc[0].tolist()[1:] == [{"en": "failed", "zh": "失败"}[lang], "it broke"]
        assert unmade["reason"].tolist() == ["it broke", {"en": "no figure", "zh": "没有数据"}[lang], "no figure"]
    (tmp_path / "sweep.json").unlink()
    assert summary.lost_sentence(summary.lost(folder)).zh == ""
    (tmp_path / "sweep.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(HanyangError, match=r"sweep\.json is no table of a sweep"):
        summary.lost(folder)
