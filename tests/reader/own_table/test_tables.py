"""Anybody's table: read as it is meant, or asked about in one sentence with the cell; never read wrong."""

import pandas as pd
import pytest
from made_tables import GDP, GROWTH, book, read
from openpyxl import load_workbook

import hanyang_data as hd
from hanyang_data.errors import HanyangError, SnapshotError

TABLES = {
    "years down": ([["年份", "地区生产总值（亿元）"], ["2022年", 1000], ["2023年", 1100]], GDP),
    "years across": ([["指标", 2022, 2023], ["GDP (100 million yuan)", 1000, 1100]], GDP),
    "growth beside level": ([["年", "GDP（亿元）", "增速（%）"], [2022, 1000, 3.5], [2023, 1100, 7]], GDP | GROWTH),
    "growth below level": ([["指标", "2022", "2023"], ["GDP/亿元", 1000, 1100], ["比上年增长（%）", 3.5, 7]], GDP | GROWTH),
    "growth in English": ([["year", "GDP growth (%)"], [2022, 3.5], [2023, 7]], GROWTH),
    "real growth": ([["year", "Real GDP growth, %"], [2022, 3.5], [2023, 7]], GROWTH),
    "a title, and one unit for all": ([["主要指标"], ["单位：万元"], ["年份", "GDP"], [2022, 1e7], [2023, 1.1e7]], GDP),
    "units in a row": ([["年份", "GDP", "GDP增速"], ["年", "亿元", "%"], [2022, 1000, 3.5], [2023, 1100, 7]], GDP | GROWTH),
    "heads in two rows": (
        [[None, "GDP", "GDP"], ["年份", "总量（亿元）", "增速（%）"], [2022, 1000, 3.5], [2023, 1100, 7]], GDP | GROWTH
    ),
    "heads in two rows, as text": (
        [["年份", "GDP", None], [None, "总量（亿元）", "比上年增长（%）"], [2022, 1000, 3.5], [2023, 1100, 7]], GDP | GROWTH
    ),
    "heads in two rows below a title": (
        [["指标", None, "单位：亿元"], ["年份", "GDP", "GDP"], [None, "绝对数", "增速（%）"], [2022, 1000, 3.5], [2023, 1100, 7]],
        GDP | GROWTH,
    ),
    "an empty cell below a head": ([["年份", "GDP", "GDP增速（%）"], [None, "亿元", None], [2022, 1000, 3.5], [2023, 1100, 7]],
                                   GDP | GROWTH),
    "heads in two columns": (
        [["指标", None, 2022, 2023], ["GDP", "总量（亿元）", 1000, 1100], ["GDP", "增速（%）", 3.5, 7]], GDP | GROWTH
    ),
    "units in a column": ([["指标", "单位", 2022, 2023], ["GDP", "万亿元", 0.1, 0.11]], GDP),
    "a column of regions": ([["地区", "年份", "GDP（亿元）"], ["汉阳", 2022, 1000], ["汉阳区", 2023, 1100]], GDP),
    "regions down, years across": ([["地区", "指标", 2022, 2023], ["汉阳区", "GDP（亿元）", 1000, 1100]], GDP),
    "regions across": ([["GDP（亿元）"], ["年份", "汉阳区"], [2022, 1000], [2023, 1100]], GDP),
    "one row a figure": (
        [["year", "region", "indicator", "unit", "value"], [2022, "Hanyang", "GDP", "bn yuan", 100],
         [2023, "Hanyang", "GDP", "亿元", 1100]],
        GDP,
    ),
    "texts as people type them": ([["年份", "GDP（亿元）"], ["２０２２", " 1,000 "], ["2023年度", "１１００．０"]], GDP),
    "binary fractions": ([["年份", "GDP（万亿元）"], [2022, 0.1], [2023, 0.1 + 0.01]], GDP),
    "notes and empty rows": ([["年份", "GDP（亿元）", None], [2022, 1000], [None, None], [2023, 1100], ["注：快报数"]], GDP),
    "current prices said": ([["年份", "GDP（亿元，现价）"], [2022, 1000], [2023, 1100]], GDP),
    "remarks beside years": ([["指标", 2022, 2023, "备注"], ["GDP（亿元）", 1000, 1100, "快报"]], GDP),
    "a column of remarks": ([["年份", "GDP（亿元）", "备注"], [2022, 1000, "快报"], [2023, 1100, None]], GDP),
    "nothing on record": ([["年份", "GDP（亿元）"], [2021, "n/a"], [2022, 1000], [2023, 1100], [2024, None]], GDP),
    "the names of another language": ([["年份", "Gross domestic product（亿元）"], [2022, 1000], [2023, 1100]], GDP),
    "nominal growth is another series": (
        [["年份", "名义GDP增速（%）"], [2022, 5]], {("hanyang", "gdp_nominal", "g", 2022): 5}
    ),
    "nominal beside the unit": (
        [["年份", "GDP增速（现价，%）"], [2022, 5]], {("hanyang", "gdp_nominal", "g", 2022): 5}
    ),
    "persons": ([["年份", "常住人口（人）"], [2022, 837263]], {("hanyang", "permanent_population", "l", 2022): 83.7263}),
    "a share": ([["年份", "三产占比（%）"], [2022, 71.5]], {("hanyang", "tertiary_share", "l", 2022): 71.5}),
    "prices": ([["年份", "CPI（%）"], [2022, 2.3]], {("hanyang", "consumer_prices", "g", 2022): 2.3}),
    "a nominal level": ([["年份", "名义GDP（亿元）"], [2022, 1000], [2023, 1100]], GDP),
    "a fall": ([["年份", "单位GDP能耗下降率（%）"], [2022, 3.5]], {("hanyang", "energy_intensity", "g", 2022): 3.5}),
    "a fall in other words": ([["年份", "万元GDP能耗降低（%）"], [2022, 3.5]], {("hanyang", "energy_intensity", "g", 2022): 3.5}),
    "dollars": ([["年份", "FDI（万美元）"], [2022, 25000]], {("hanyang", "foreign_direct_investment", "l", 2022): 2.5}),
}  # fmt: skip


ASKED = {
    "an unknown head": ([["年份", "粮食产量（万吨）"], [2022, 1]], r"cell B1: '粮食产量（万吨）' is no indicator"),
    "a head of two": ([["年份", "外资（亿美元）"], [2022, 1]], r"cell B1: .* may be .* or .*: say --indicators .* \(indicators="),
    "no unit": ([["年份", "GDP"], [2022, 1]], r"cell B1: 'GDP' has no unit"),
    "another unit": ([["年份", "GDP（万人）"], [2022, 1]], r"cell B1: .* is in 万人"),
    "a unit of two readings": ([["年份", "GDP（%）"], [2022, 1]], r"cell B1: .* may be growth or a share"),
    "growth in money": ([["年份", "GDP增速（亿元）"], [2022, 1]], r"cell B1: .* growth is in %"),
    "an index": ([["年份", "CPI（%）"], [2022, 102.3]], r"cell B1: .* may be an index"),
    "an index with one year below": (
        [["年份", "GDP增速（%）"], [2018, 110.6], [2019, 109.8], [2020, 88.2], [2021, 112.9]],
        r"cell B1: .* may be an index",
    ),
    "energy intensity": (
        [["年份", "单位GDP能耗增速（%）"], [2022, -4]],
        r"cell B1: .* is a rise or a level, and energy_intensity",
    ),
    "energy intensity alone": ([["年份", "能耗强度（%）"], [2022, 4]], r"cell B1: .* is a rise or a level, and energy_intensity"),
    "energy intensity both ways": ([["年份", "单位GDP能耗上升或下降（%）"], [2022, -4]], r"cell B1: .* is no indicator"),
    "a fall of money": ([["年份", "财政收入下降（亿元）"], [2022, 4]], r"cell B1: .* is no indicator"),
    "a real level": ([["年份", "实际GDP（亿元）"], [2022, 1]], r"cell B1: .* is no indicator"),
    "a level at comparable prices": ([["年份", "可比价GDP（亿元）"], [2022, 1]], r"cell B1: .* is no indicator"),
    "a real level in English": ([["year", "Real GDP (100 million yuan)"], [2022, 1]], r"cell B1: .* is no indicator"),
    "a fraction": ([["年份", "GDP增速"], [2022, 0.03], [2023, 0.05]], r"cell B1: .* in percent or a fraction"),
    "a fraction below a percent sign": ([["年份", "GDP增速（%）"], [2022, 0.088], [2023, 0.03]], r"cell B1: .* in percent or a"),
    "a share as a fraction": ([["年份", "三产占比（%）"], [2022, 0.715]], r"cell B1: .* in percent or a fraction"),
    "the whole city in a table of a district": ([["年份", "全市GDP（亿元）"], [2022, 1]], r"cell B1: .* is no indicator"),
    "a contribution": ([["年份", "三产对GDP增长的贡献率（%）"], [2022, 50]], r"cell B1: .* is no indicator"),
    "growth on the quarter before": ([["年份", "GDP环比增速（%）"], [2022, 1]], r"cell B1: .* is no indicator"),
    "growth of a part of the year": ([["年份", "GDP累计增速（%）"], [2022, 5]], r"cell B1: .* is no indicator"),
    "the day of a target": (
        [["年份", "GDP增速目标（%）"], [2022, 5]],
        r"cell B1: .* is a target: say since when .* --targets-pub",
    ),
    "a fall in a level": ([["年份", "GDP（亿元）"], [2022, "下降6.2"]], r"cell B2: '下降6.2' is no number"),
    "the same twice": ([["年份", "GDP（亿元）", "GDP（万元）"], [2022, 5, 50000]], r"cell C2: .* stands at .*cell B2"),
    "two years in one": ([["年份", "GDP（亿元）"], ["2021-2022", 5]], r"cell A2: '2021-2022' stands among years"),
    "a dash": ([["年份", "GDP（亿元）"], [2022, "-"]], r"cell B2: '-' may be no figure or zero"),
    "an ellipsis": ([["年份", "GDP（亿元）"], [2022, "…"]], r"cell B2: '…' may be no figure or zero"),
    "a bound on both sides": ([["年份", "GDP（亿元）"], [2022, "约1000以上"]], r"cell B2: '约1000以上' is no number"),
    "a word and a unit in a cell": ([["年份", "GDP（亿元）"], [2022, "约1000亿元"]], r"cell B2: '约1000亿元' is no number"),
    "a range": ([["年份", "GDP（亿元）"], [2022, "900-1000"]], r"cell B2: '900-1000' is no number"),
    "a footnote": ([["年份", "GDP（亿元）"], [2022, "1000①"]], r"cell B2: '1000①' is no number"),
    "a decimal comma": ([["年份", "GDP（亿元）"], [2022, "948,5"]], r"cell B2: '948,5' is no number"),
    "an error of Excel": ([["年份", "GDP（亿元）"], [2022, "#N/A"]], r"cell B2: '#N/A' is no number"),
    "true": ([["年份", "GDP（亿元）"], [2022, True]], r"cell B2: 'True' is no number"),
    "a day": ([["年份", "GDP（亿元）"], [2022, pd.Timestamp("2022-03-01")]], r"cell B2: '2022-03-01' is no number"),
    "a formula never computed": ([["年份", "GDP（亿元）"], [2022, "=1+1"]], r"cell B2: holds a formula without a result"),
    "a doubled row": ([["年份", "GDP（亿元）"], [2022, 1], [2022, 2]], r"cell B3: .* stands at .*cell B2 already"),
    "figures under nothing": ([["年份", "GDP（亿元）", None], [2022, 1, 2]], r"cell C1: is empty above figures"),
    "parts of a year": ([["年份", "GDP（亿元）"], ["2022年上半年", 1]], r"cell A2: '2022年上半年' stands among years"),
    "no years at all": ([["a", "GDP（亿元）"], ["b", 1]], r"no row and no column of years"),
    "a forecast among years": ([["指标", 2022, 2023, "2024年预计"], ["GDP（亿元）", 1, 2, 3]], r"cell D1: '2024年预计' stands"),
    "a sum below years": ([["年份", "GDP（亿元）"], [2022, 1], ["合计", 1]], r"cell A3: '合计' stands among years"),
    "two tables": (
        [["年份", "GDP（亿元）"], [2022, 1], [None, None], ["年份", "社零（亿元）"], [2022, 1]],
        r"cell A4: '年份' stands among",
    ),
    "constant prices": ([["年份", "GDP（亿元，2020年价）"], [2022, 1]], r"cell B1: .* is no indicator"),
    "a head under another": (
        [[None, "从业人员", "从业人员"], ["年份", "第二产业（亿元）", "总量（亿元）"], [2022, 1, 2]],
        r"cell B2: '第二产业（亿元）' stands under or beside '从业人员'",
    ),
    "a region over a head": ([[None, "武汉市"], ["年份", "增速（%）"], [2022, 1]], r"cell B2: '武汉市增速（%）' is no indicator"),
    "a year among parts": ([["年份", "GDP（亿元）"], [2022, 1], ["2023年1-6月", 1]], r"cell A3: '2023年1-6月' stands"),
    "a negative level": ([["年份", "GDP（亿元）"], [2022, -5]], r"cell B2: -5 CNY_100M is no level"),
    "a slip of the comma": ([["年份", "GDP增速（%）"], [2022, 750]], r"cell B2: 750% is no growth rate"),
    "an unknown region": ([["地区", "年份", "GDP（亿元）"], ["成都市", 2022, 1]], r"cell C2: '成都市' is no region"),
    "a region that is empty": ([["地区", "年份", "GDP（亿元）"], ["汉阳", 2022, 1], [None, 2023, 1]], r"cell A3: is empty"),
    "real growth of a nominal series": ([["年份", "社零实际增速（%）"], [2022, 1]], r"cell B1: .* is real growth"),
}


@pytest.mark.parametrize(("rows", "meant"), TABLES.values(), ids=TABLES)
def test_a_table_is_read_as_it_is_meant(tmp_path, rows, meant):
    data = hd.dataset_from_file(book(tmp_path / "t.xlsx", ("Sheet1", rows)), region="汉阳")
    assert read(data) == pytest.approx(meant)


@pytest.mark.parametrize(("rows", "asks"), ASKED.values(), ids=ASKED)
def test_what_has_no_or_two_readings_is_asked_with_its_cell(tmp_path, rows, asks):
    with pytest.raises(HanyangError, match=asks) as caught:
        hd.dataset_from_file(book(tmp_path / "t.xlsx", ("Sheet1", rows)), region="汉阳")
    assert "\n" not in str(caught.value)


def test_cells_that_excel_shows_as_percent_are_percent(tmp_path):
    rows = [["年份", "GDP增速"], [2022, 0.035], [2023, 0.07]]
    file = book(tmp_path / "t.xlsx", ("Sheet1", rows), formats=[("B2", "0.0%"), ("B3", "0%")])
    assert read(hd.dataset_from_file(file, region="汉阳")) == pytest.approx(GROWTH)
    half = book(tmp_path / "t.xlsx", ("Sheet1", rows), formats=[("B2", "0.0%")])
    with pytest.raises(SnapshotError, match="some cells are shown as percent and some are not"):
        hd.dataset_from_file(half, region="汉阳")
    money = book(tmp_path / "t.xlsx", ("S", [["年份", "GDP（亿元）"], [2022, 9.48]]), formats=[("B2", "0%")])
    with pytest.raises(SnapshotError, match="cell B2: is shown as percent"):
        hd.dataset_from_file(money, region="汉阳")


MERGED = {
    "heads": (
        [["年份", "GDP", None, "社零（亿元）"], [None, "亿元", "增速（%）", None], [2022, 1000, 3.5, 5], [2023, 1100, 7, 6]],
        ["A1:A2", "B1:C1", "D1:D2"],
        GDP | GROWTH | {("hanyang", "retail_sales", "l", 2022): 5, ("hanyang", "retail_sales", "l", 2023): 6},
    ),
    "labels": (
        [["指标", None, 2022, 2023], ["GDP", "绝对数（亿元）", 1000, 1100], [None, "增长（%）", 3.5, 7]], ["A1:B1", "A2:A3"],
        GDP | GROWTH,
    ),
    "regions": ([["地区", "年份", "GDP（亿元）"], ["汉阳区", 2022, 1000], [None, 2023, 1100]], ["A2:A3"], GDP),
    "years": (
        [["年份", "地区", "GDP（亿元）"], [2022, "汉阳", 1000], [None, "武昌", 5], [2023, "汉阳", 1100], [None, "武昌", 6]],
        ["A2:A3", "A4:A5"], GDP | {("wuchang", "gdp", "l", 2022): 5, ("wuchang", "gdp", "l", 2023): 6},
    ),
    "a note": ([["年份", "GDP（亿元）"], [2022, 1000], [2023, 1100], ["注：快报数", None]], ["A4:B4"], GDP),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "spans", "meant"), MERGED.values(), ids=MERGED)
def test_a_merged_cell_means_its_text_in_all_its_cells(tmp_path, rows, spans, meant):
    data = hd.dataset_from_file(book(tmp_path / "t.xlsx", ("Sheet1", rows), merged=spans), region="汉阳")
    assert read(data) == pytest.approx(meant)


def test_merged_numbers_are_refused_in_the_table_and_not_in_its_title(tmp_path):
    rows = [["汉阳区主要指标", None], ["年份", "GDP（亿元）"], [2022, 1000], [2023, 1100]]
    titled = book(tmp_path / "t.xlsx", ("汉阳区", rows), merged=["A1:B1"])
    assert read(hd.dataset_from_file(titled)) == GDP
    with pytest.raises(SnapshotError, match="cells B3:B4: are merged"):
        hd.dataset_from_file(book(tmp_path / "t.xlsx", ("汉阳区", rows), merged=["B3:B4"]))
    years = [["指标", "2022年", None, "2023年", None], [None, "总量", "增速", "总量", "增速"], ["GDP", 1, 2, 3, 4]]
    with pytest.raises(SnapshotError, match="cells B1:C1: are merged"):
        hd.dataset_from_file(book(tmp_path / "t.xlsx", ("汉阳区", years), merged=["B1:C1", "D1:E1"]))


def test_what_is_left_out_is_said(tmp_path):
    rows = [["年份", "GDP（亿元）", "备注"], [2022, 1000, "快报"], [2023, 1100, None], ["注：年鉴"]]
    file = book(tmp_path / "t.xlsx", ("汉阳区", rows), ("lists", [["x"]]))
    whole = load_workbook(file)
    whole["lists"].sheet_state = "hidden"
    whole.save(file)
    said = "\n".join(map(str, hd.dataset_from_file(file).oddities))
    assert all(word in said for word in ("lists: is a hidden sheet", "cell C1: '备注' is left out", "cell A4: '注：年鉴'"))


def test_each_sheet_may_be_a_region(tmp_path):
    sheets = [(name, [["年份", "GDP（亿元）"], [2022, value]]) for name, value in (("汉阳区", 1000), ("武汉", 18866))]
    data = hd.dataset_from_file(book(tmp_path / "t.xlsx", *sheets))
    assert read(data) == {("hanyang", "gdp", "l", 2022): 1000, ("wuhan", "gdp", "l", 2022): 18866}
    assert hd.compare("GDP", ["汉阳", "武汉"], measure="level", dataset=data).loc[2022].tolist() == [1000, 18866]
    with pytest.raises(SnapshotError, match="Sheet1: does not say which region it is about"):
        hd.dataset_from_file(book(tmp_path / "t.xlsx", ("Sheet1", sheets[0][1])))
