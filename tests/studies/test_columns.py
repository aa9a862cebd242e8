"""What a table says of its columns: what is a number, in which unit, with how many decimals, and how a cell is printed."""

import json
import re

import pandas as pd
import pytest

import hanyang_data as hd
from hanyang_data.report.excel import number_format
from hanyang_data.statistics import trend
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import COLUMNS, NUMBER, SOURCE, WORDS, YEAR, as_html, columns_in, headed, ids_in
from hanyang_data.studies.trend.findings import _statistics_of
from hanyang_data.words.wording import Text, printed


def made(key, *cells, units=None):
    table = pd.DataFrame({"row": range(len(cells)), key: cells})
    frame = headed(Scope("hanyang", "gdp", 2017, 2024, lang="zh"), table, {key: Text("Head", "表头")}, units)
    return frame, columns_in(frame)[1]


def test_words_are_in_the_language_of_the_reader_and_their_numbers_stay():
    cells = [printed(7.0, "about", "percent"), printed(8.0, "point", "percent"), printed(10.0, "at_least", "percent"), "–"]
    frame, column = made("target", *cells)
    assert list(frame["表头"]) == ["7%左右", "8%", "10%以上", "–"]
    assert (column.key, column.role, column.unit) == ("target", NUMBER, "percent")
    assert [column.number(row, cell) for row, cell in enumerate(frame["表头"])] == [7, 8, None, None]
    assert made("level", printed(1.7, "point", "10K_persons"), printed(700.0, "point", "10K_persons"))[1].decimals == 1


@pytest.mark.parametrize(
    ("key", "cells", "shown"),
    [
        ("growth_pct", [7.0, 8.25], "7.00"),
        ("growth_pct", [7.0, 8.0], "7.0"),
        ("gap_pp", [-3.0], "−3.0"),
        ("level", [1000.0, 948.0], "1,000"),
        ("as_printed", [17.71676, 150000.0], "17.71676"),
        ("p_value", [0.03125, 1.0], "0.031"),
        ("p_value", [1.0, 0.68603], "1.000"),
        ("p_value", [0.0002], "<0.001"),
        ("p_value", [0.0], "<0.001"),  # an exact p that was rounded
        ("year", [2017, 2018], "2017"),
        ("rows", [2017], "2,017"),
        ("growth_pct", [None, 7.0], "–"),
        ("growth_pct", [float("nan"), 7.0], "–"),
        ("flag", ["", "bound"], "–"),
    ],
)
def test_a_cell_is_printed_as_its_column_has_it(key, cells, shown):
    frame, column = made(key, *cells)
    assert column.text(frame["表头"].iloc[0]) == shown


def test_an_exact_p_is_never_zero():
    years = list(range(2000, 2012))
    found = _statistics_of(trend.analyse(years, [float(n) for n in range(12)], kind="rate"), "en")
    (p_value,) = (cells["p_value"] for cells in found.values() if "p_value" in cells)
    assert 0 < p_value < 0.001
    assert number_format(0.00002, made("p_value", 0.00002)[1]) == '"<0.001"'


def test_the_name_says_unit_and_role_and_the_words_do_not():
    assert made("growth_pct", 7.0)[1].unit == "percent"
    assert made("level", 7.0, units={"level": "CNY_100M"})[1].unit == "CNY_100M"
    assert made("year", 2017)[1].role == YEAR
    assert made("segment", "2017", "2019–2020")[1].role == WORDS  # a word that looks like a year is a word
    assert made("share", "7%", "8%")[1].role == WORDS


def test_a_column_with_some_words_is_one_of_numbers_if_half_of_it_are():
    assert made("2020", -3.3, "no figure")[1].role == NUMBER
    assert made("2020", -3.3, "no figure", "no figure")[1].role == WORDS


def test_sources_are_ids_and_not_text():
    frame, column = made("source", ["hanyang_gwr_2018", "hanyang_gwr_2019"], "hanyang_gwr_2018", None)
    assert (column.role, column.beside[0]) == (SOURCE, ["hanyang_gwr_2018", "hanyang_gwr_2019"])
    assert frame["表头"].iloc[0] == "hanyang_gwr_2018, hanyang_gwr_2019"
    assert ids_in([column]) == ["hanyang_gwr_2018", "hanyang_gwr_2019"]


def test_every_table_of_every_study_keeps_it_beside_its_csv(tmp_path):
    hd.target_shortfall("gdp", "wuhan", lang="zh").save(tmp_path, ["png"])
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    for table in results["tables"].values():
        heads = [column["head"] for column in table["columns"]]
        assert all(list(row) == heads for row in table["rows"])
    (target,) = [c for c in results["tables"]["by_year"]["columns"] if c["key"] == "target"]
    assert (target["unit"], target["role"]) == ("percent", NUMBER)
    assert set(target["beside"]) >= {8.0, None}


def test_a_frame_of_other_making_is_read_by_what_its_cells_are():
    assert [c.role for c in columns_in(pd.DataFrame({"year": [2017], "a": [1.5], "b": ["x"]}))] == [NUMBER, YEAR, NUMBER, WORDS]
    assert COLUMNS not in pd.DataFrame().attrs


def test_jupyter_shows_numbers_to_the_right_words_to_the_left_and_gives_a_sentence_room():
    html = hd.trend().table("refused")._repr_html_()
    method, allowed, here, why = re.findall(r'<td style="([^"]*)">', html)[:4]
    assert allowed == here == "text-align: right; white-space: nowrap"
    assert method == "text-align: left; min-width: 12em"
    assert why == "text-align: left; min-width: 18em"
    assert '<th style="text-align: right; word-break: keep-all">Allowed from n</th>' in html
    frame, _ = made("as_printed", "<b>7%")
    assert "&lt;b&gt;7%" in as_html(frame)


def test_a_handful_of_persons_counted_in_ten_thousands_is_not_nothing():
    """12 people are 0.0012 万人: neither a table nor a share of the city says 0.00 of them, and a sentence counts them."""
    jobs, whole = [12, 15, 9, 3, 11, 13, 14, 16], [400_000] * 8
    rows = {"年份": [*range(2017, 2025)] * 2, "地区": ["甲区"] * 8 + ["乙市"] * 8, "城镇新增就业（人）": jobs + whole}
    rows["城镇新增就业增速（%）"] = [5, 25, -40, None, None, 18.2, 7.7, 14.3] + [0] * 8
    told = {"regions": {"甲区": "jia", "乙市": "yi"}, "part_of": "乙市", "published_on": "2025-03-01"}
    data = hd.dataset_from_frame(pd.DataFrame(rows), **told)
    of = {"indicator": "new_urban_employment", "region": "jia", "dataset": data}
    trend = hd.trend(**of)
    assert "12 people in 2017 and 16 people in 2024" in str(trend.answer("en"))
    slope = trend.table("statistics").query("Unit == '10,000 persons a year'")
    assert slope["Value"].tolist() == [0.0001]
    audit = hd.data_audit(**of, comparator="yi").table("implied_bases").loc["Jia"]
    assert audit["Computed value"].tolist()[:2] == [0.00114, 0.0012]
    gap = hd.growth_gap(**of, comparator="yi")
    told = gap.chart("share_of_city").caption
    assert told.title.endswith("new urban employment rose from 0.00300% in 2017 to 0.00400% in 2024")
    assert told.alt.endswith("0.00300 (2017), 0.00400 (2024), +0.00100.")
