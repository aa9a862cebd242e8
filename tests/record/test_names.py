"""Names: whatever a table calls a region or an indicator is understood, and results carry ids."""

import json

import pytest
from click.testing import CliRunner
from helpers import PROJECT

import hanyang_data as hd
from hanyang_data.batch.plan import read_plan
from hanyang_data.cli.main import main
from hanyang_data.errors import AmbiguousNameError, ParameterError, UnknownIdError
from hanyang_data.reader.reading import read_report
from hanyang_data.reader.texts import Text
from hanyang_data.record.catalogue import names_of
from hanyang_data.record.names import ids_for
from hanyang_data.record.observations import default_dataset
from hanyang_data.studies.scope import Scope, words

DATA = default_dataset()


@pytest.mark.parametrize(
    ("given", "id_"),
    [
        ("汉阳", "hanyang"), ("汉阳区", "hanyang"), ("武汉市汉阳区", "hanyang"), ("Hanyang", "hanyang"),
        ("Hanyang District", "hanyang"), (" HANYANG ", "hanyang"), ("武汉", "wuhan"), ("Wuhan City", "wuhan"),
        ("Jiang'an", "jiangan"), ("Jiang’an", "jiangan"), ("汉南", "hannan"), ("光谷", "east_lake_htdz"),
    ],
)  # fmt: skip
def test_a_region_is_understood_by_any_of_its_names(given, id_):
    assert hd.load("gdp", given).attrs["region"] == id_


@pytest.mark.parametrize(
    ("given", "id_"),
    [
        ("地区生产总值", "gdp"), ("GDP", "gdp"), ("ＧＤＰ", "gdp"), ("社零", "retail_sales"), ("固投", "fixed_asset_investment"),
        ("Fixed asset investment", "fixed_asset_investment"), ("retail-sales", "retail_sales"), ("CPI", "consumer_prices"),
        ("外商直接投资(FDI)", "foreign_direct_investment"), ("工业增加值", "industrial_value_added_all"),
        ("规上工业增加值", "industrial_value_added"),
    ],
)  # fmt: skip
def test_an_indicator_is_understood_by_any_of_its_names(given, id_):
    assert hd.load(given, "wuhan").attrs["indicator"] == id_


@pytest.mark.parametrize(
    ("what", "given", "meant"),
    [
        ("indicator", "外资", {"foreign_capital", "foreign_direct_investment"}),
        ("indicator", "失业率", {"surveyed_unemployment_rate", "registered_unemployment_rate"}),
        ("indicator", "财政收入", {"budget_revenue", "total_fiscal_revenue", "budget_total_revenue"}),
        ("region", "东湖", {"east_lake_htdz", "east_lake_scenic"}),
    ],
)
def test_a_name_of_several_is_refused_with_all_of_them(what, given, meant):
    with pytest.raises(AmbiguousNameError) as caught:
        names_of(DATA)[what].id_of(given)
    assert all(id_ in str(caught.value) for id_ in meant)
    assert str(caught.value).endswith(": say which")


@pytest.mark.parametrize("given", ["汉口", "", "x", "gdp?"])
def test_what_is_only_near_is_asked_and_never_taken(given):
    with pytest.raises(UnknownIdError):
        hd.load(given if given == "gdp?" else "gdp", "hanyang" if given == "gdp?" else given)


def test_every_name_in_the_tables_stands_for_its_own_row_alone():
    for names in names_of(DATA).values():
        for row in names.rows:
            assert names.id_of(row.name_en) == names.id_of(row.name_zh) == names.id_of(row.id) == row.id


def test_whatever_is_asked_by_name_answers_as_by_id():
    assert hd.compare("生产总值", ["汉阳", "武汉市"]).columns.tolist() == ["hanyang", "wuhan"]
    assert hd.targets("GDP", "汉阳").equals(hd.targets("gdp", "hanyang"))
    assert hd.breaks("地区生产总值", "汉阳区").equals(hd.breaks("gdp", "hanyang"))
    assert hd.revisions("GDP", "武汉").equals(hd.revisions("gdp", "wuhan"))
    assert hd.derived.rest_of_city("GDP", "汉阳", city="武汉").equals(hd.derived.rest_of_city("gdp", "hanyang"))
    bases = hd.derived.implied_bases("地方一般公共预算收入", "汉阳")
    assert bases.equals(hd.derived.implied_bases("budget_revenue", "hanyang"))
    with pytest.raises(ParameterError, match="different region ids"):
        hd.compare("gdp", ["汉阳", "hanyang"])


def test_a_scope_keeps_ids():
    scope = Scope("汉阳区", "地区生产总值", 2017, 2024, comparator="武汉")
    assert (scope.region, scope.indicator, scope.comparator) == ("hanyang", "gdp", "wuhan")
    with pytest.raises(ParameterError, match="the region itself"):
        Scope("汉阳区", "gdp", 2017, 2024, comparator="Hanyang")


def test_show_takes_the_names_that_stand_in_every_table():
    by_name = CliRunner().invoke(main, ["show", "地区生产总值", "--region", "汉阳区", "--json"])
    by_id = CliRunner().invoke(main, ["show", "gdp", "--region", "hanyang", "--json"])
    assert by_name.exit_code == by_id.exit_code == 0
    assert json.loads(by_name.output) == json.loads(by_id.output)


def test_a_params_file_with_names_asks_for_the_same_runs_as_one_with_ids(tmp_path, monkeypatch):
    monkeypatch.chdir(PROJECT)
    file = tmp_path / "s.yaml"
    asked = "notebook: growth_gap\nmatrix:\n  region: [{}]\n  indicator: [{}]\nexclude:\n- region: {}\n"
    slugs = []
    for names in (("hanyang, wuchang", "gdp", "wuchang"), ("汉阳, 武昌区", "地区生产总值", "武昌")):
        file.write_text(asked.format(*names), encoding="utf-8")
        slugs.append([(run.slug, run.name) for run in read_plan(file, written=ids_for)])
    assert len(slugs[0]) == 1
    assert slugs[0] == slugs[1]
    shown = CliRunner().invoke(main, ["run", "params/trend.yaml", "-p", "region=武汉", "--dry-run", "--out", str(tmp_path)])
    assert shown.exit_code == 0
    assert "trend wuhan-gdp-" in shown.output


def test_names_of_another_snapshot_are_its_own(edit, tmp_path):
    folder = edit("regions.csv", 2, name_zh="此处区", aliases="老城|Old Town")
    data = hd.open_dataset(folder)
    assert hd.load("gdp", "此处", dataset=data).attrs["region"] == "hanyang"
    assert hd.load("gdp", "Old Town", dataset=data).attrs["region"] == "hanyang"
    with pytest.raises(UnknownIdError):
        hd.load("gdp", "汉阳", dataset=data)
    assert ids_for({"region": "老城"}, str(folder)) == {"region": "hanyang"}


def test_params_files_know_names_that_stand_for_one_alone():
    known = words(DATA)
    assert {"hanyang", "汉阳区"} <= set(known["region"])
    assert {"gdp", "社零"} <= set(known["indicator"])
    assert "外资" not in known["indicator"]


def test_a_report_is_read_for_a_region_by_any_of_its_names():
    text = Text("t.txt", ["2023年政府工作报告", "地区生产总值增长6%。"], [], True)
    by_id, by_name, new = (read_report(text, region=region).documents for region in ("hanyang", "汉阳区", "chengdu"))
    assert by_id == by_name
    assert new[0].region == "chengdu"
