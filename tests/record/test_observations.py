"""The contract of a snapshot folder, and how a fault in it is named."""

import os
import re

import pytest

from hanyang_data import open_dataset
from hanyang_data.errors import SnapshotError
from hanyang_data.record.contract import COLUMNS, KEYS, OPTIONAL_FILES, SNAPSHOT, snapshot_digest
from hanyang_data.record.observations import default_dataset
from hanyang_data.record.vintages import known_from

# one wrong cell each: file, row, column, what is put there, what the message must say is expected
FAULTS = [
    ("observations.csv", 4, "value", "10,2", "a plain number"),
    ("observations.csv", 4, "unit", "RMB", "one of CNY_100M, percent"),
    ("observations.csv", 4, "year", "17", "a year"),
    ("observations.csv", 4, "period", "q3", "annual, q1, h1, q1_q3"),
    ("observations.csv", 4, "locator", "line 3", "a line such as L53"),
    ("observations.csv", 4, "region", "hanyan", "regions.csv"),
    ("observations.csv", 4, "indicator", "gpd", "indicators.csv"),
    ("observations.csv", 4, "source_id", "nobody", "sources.csv"),
    ("observations.csv", 4, "qualifier", "roughly", "point, about"),
    ("observations.csv", 4, "vintage", "original", "an outturn's"),
    ("observations.csv", 4, "reliability", "good", "official, reprint, secondary"),
    ("observations.csv", 4, "token", "a token of more than twenty characters", "1 to 20 characters"),
    ("observations.csv", 4, "value", "", "a number, because the qualifier says there is one"),
    ("observations.csv", 3, "value", "948", "a growth rate between"),
    ("observations.csv", 3, "unit", "CNY_100M", "percent, because the measure is growth"),
    ("observations.csv", 4, "unit", "USD_100M", "level_unit of the indicator"),
    ("observations.csv", 4, "value_high", "500", "nothing, because the qualifier is not range"),
    ("observations.csv", 4, "value", "948²", "a plain number"),
    ("observations.csv", 4, "basis", "real", "current_prices, comparable, count or rate for a level"),
    ("observations.csv", 3, "basis", "current_prices", "comparable or the growth_basis of the indicator"),
    ("observations.csv", 3, "basis", "nominal", "growth of another nature needs its own indicator"),
    ("sources.csv", 3, "published_on", "Dec 2020", "a date such as"),
    ("sources.csv", 2, "published_on", "2017-13-26", "a real date"),
    ("sources.csv", 2, "published_on", "2015-12-26", "a day not before the latest year whose outturn observ"),
    ("sources.csv", 2, "published_on", "2062-12-26", "a day that has come"),
    ("sources.csv", 3, "sha256", "abc", "64 hexadecimal digits"),
    ("sources.csv", 3, "source_id", "hanyang_gwr_2018", "no second row"),
    ("indicators.csv", 3, "better", "more", "higher, lower"),
    ("breaks.csv", 2, "first_year", "soon", "a year"),
    ("breaks.csv", 2, "kind", "war", "boundary, census"),
]


@pytest.mark.parametrize(("file", "row", "column", "cell", "expected"), FAULTS)
def test_a_fault_is_named_with_file_row_column_and_what_was_expected(edit, file, row, column, cell, expected):
    with pytest.raises(SnapshotError) as caught:
        open_dataset(edit(file, row, **{column: cell}))
    first = str(caught.value).split(" (and ")[0]
    assert first.startswith(f"{file}, row {row}, column {column}: found {cell!r}, expected ")
    assert expected in first


def test_the_record_of_the_package_holds_whatever_the_clock_says(edit, monkeypatch):
    """Also a copy of it: a clock behind its newest text is wrong. A month and a year have come with their first day."""
    monkeypatch.setattr("hanyang_data.record.observations.latest_day", lambda: "2020-06-30")
    assert open_dataset(SNAPSHOT).sources["published_on"].max() > "2020-06-30"
    assert len(open_dataset(edit("sources.csv", 2, published_on="2020")).sources) == len(default_dataset().sources)
    with pytest.raises(SnapshotError, match="found '2062', expected a day that has come"):
        open_dataset(edit("sources.csv", 2, published_on="2062"))


def test_a_doubled_row_is_a_fault(snapshot):
    file = snapshot / "observations.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    with pytest.raises(SnapshotError, match=rf"row {len(lines) + 1}, column token: .*no second row"):
        open_dataset(snapshot)


def test_two_values_of_one_source_for_one_figure_are_a_fault(snapshot):
    file = snapshot / "observations.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    other = lines[1].replace("948", "999").replace("L3:c212", "L3:c999")
    file.write_text("\n".join([*lines, other]) + "\n", encoding="utf-8")
    with pytest.raises(SnapshotError, match=rf"row {len(lines) + 1}, column value: found '999', expected the value that"):
        open_dataset(snapshot)


def test_several_faults_are_counted(edit, snapshot):
    edit("observations.csv", 4, unit="RMB")
    with pytest.raises(SnapshotError, match=r"row 4.*\(and 1 more: observations.csv, row 9"):
        open_dataset(edit("observations.csv", 9, unit="RMB"))


@pytest.mark.parametrize("file", [name for name in COLUMNS if name not in OPTIONAL_FILES])
def test_a_missing_file_is_named(snapshot, file):
    (snapshot / file).unlink()
    with pytest.raises(SnapshotError, match=f"{re.escape(file)} is missing"):
        open_dataset(snapshot)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe\x00", "not in UTF-8, UTF-16 or GBK: save it as comma-separated CSV in UTF-8"),
        ("id,name_en\nx,Stra\xdfe\n".encode("latin-1"), "not in UTF-8, UTF-16 or GBK"),
        (b"id;name_en;name_zh\na;b;c\n", "row 1: the header lacks level, part_of, note"),
        (b"", "regions.csv is empty: it needs the header id"),
        (b'id,name_en\n"unclosed', "row 1: the header lacks|cannot be read"),
        (b"id,name_en,name_zh,level,part_of,remark\n", "lacks note and has unknown remark"),
    ],
)
def test_an_unreadable_file_is_one_sentence(snapshot, content, says):
    (snapshot / "regions.csv").write_bytes(content)
    with pytest.raises(SnapshotError, match=says) as caught:
        open_dataset(snapshot)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("row", "cells"), [("a,b,c,city,,x,y,z", 8), ("a,b", 2)])
def test_a_ragged_row_is_a_fault_and_not_a_shifted_one(snapshot, row, cells):
    file = snapshot / "regions.csv"
    file.write_text(file.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    last = len(file.read_text(encoding="utf-8").splitlines())
    with pytest.raises(SnapshotError, match=f"regions.csv, row {last}: found {cells} cells, expected 7"):
        open_dataset(snapshot)


@pytest.mark.parametrize("change", [lambda b: b"\xef\xbb\xbf" + b, lambda b: b.replace(b"\n", b"\r\n")], ids=["BOM", "CRLF"])
def test_what_excel_makes_of_a_csv_is_read_all_the_same(snapshot, change):
    for name in [name for name in COLUMNS if (snapshot / name).exists()]:
        (snapshot / name).write_bytes(change((snapshot / name).read_bytes()))
    assert len(open_dataset(snapshot).observations) == len(default_dataset().observations)


def test_comment_lines_are_skipped_and_rows_counted_as_in_the_file(edit):
    file = edit("observations.csv", 4, unit="RMB") / "observations.csv"
    head, *rows = file.read_text(encoding="utf-8").splitlines()
    lines = [head, "# read in March", rows[0], "", "# and in April, with a comma", *rows[1:]]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(SnapshotError, match="observations.csv, row 7, column unit: found 'RMB'"):
        open_dataset(file.parent)
    file.write_text("\n".join(lines).replace("RMB", "CNY_100M") + "\n", encoding="utf-8")
    assert len(open_dataset(file.parent).printed) == len(rows)


def test_sources_need_no_chinese_publisher(snapshot):
    import pandas as pd

    file = snapshot / "sources.csv"
    pd.read_csv(file, dtype=str, keep_default_na=False).drop(columns="publisher_zh").to_csv(file, index=False)
    assert (open_dataset(snapshot).sources["publisher_zh"] == "").all()


def test_the_snapshot_keeps_the_columns_of_the_contract_in_order():
    contract = (
        "source_id, locator, region, indicator, year, period, concept, measure, value, value_high, unit, qualifier, "
        "vintage, basis, token, reliability, note"
    )
    assert COLUMNS["observations.csv"] == contract.split(", ")
    assert COLUMNS["sources.csv"][:11] == (
        ["source_id", "title_zh", "title_en", "publisher", "published_on", "kind", "region", "url", "file", "sha256", "note"]
    )


def test_wordings_without_a_number_stay_without_one():
    obs = default_dataset().observations
    worded = obs[obs["qualifier"].isin(["positive", "in_step_with_gdp", "none"])]
    assert len(worded) > 10
    assert worded["value"].isna().all()


def test_a_date_without_a_day_counts_from_its_last_day():
    import pandas as pd

    days = known_from(pd.Series(["2023", "2023-12", "2023-02", "2023-12-05"]))
    assert [d.strftime("%Y-%m-%d") for d in days] == ["2023-12-31", "2023-12-31", "2023-02-28", "2023-12-05"]


def test_every_row_is_a_row_of_its_own():
    assert not default_dataset().observations.duplicated(KEYS["observations.csv"]).any()


@pytest.mark.parametrize(
    ("changes", "row", "said"),
    [
        ({3: "wuhan"}, 3, "expected a region that is not itself part of wuhan (wuhan → wuhan)"),
        ({3: "hanyang"}, 2, "expected a region that is not itself part of hanyang (hanyang → wuhan → hanyang)"),
        ({3: "wuchang", 4: "hanyang"}, 2, "(hanyang → wuhan → wuchang → hanyang)"),
        ({3: "hubei"}, 3, "found 'hubei', expected an id listed in regions.csv, or nothing"),
    ],
)
def test_a_region_is_part_of_one_that_is_listed_and_never_of_itself(edit, snapshot, changes, row, said):
    for number, holder in changes.items():
        edit("regions.csv", number, part_of=holder)
    with pytest.raises(SnapshotError) as caught:
        open_dataset(snapshot)
    assert str(caught.value).startswith(f"regions.csv, row {row}, column part_of: found ")
    assert said in str(caught.value)


@pytest.mark.parametrize("name", ["observations.csv", "rejects.csv", "corrections.yaml", "regions.csv"])
def test_a_snapshot_folder_is_read_from_files_alone(snapshot, name):
    (snapshot / name).unlink()
    os.mkfifo(snapshot / name)
    for read in (open_dataset, snapshot_digest):
        with pytest.raises(SnapshotError, match=f"{name} is no file: a snapshot folder holds files alone"):
            read(snapshot)
