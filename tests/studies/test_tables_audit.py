"""The tables and sentences of the data audit, and what may be asked of it."""

import re
from dataclasses import replace

import pandas as pd
import pytest

import hanyang_data as hd
from hanyang_data.errors import NoDataError, ParameterError
from hanyang_data.record.coverage import COVERAGE, coverage
from hanyang_data.record.identities import CHECKS
from hanyang_data.record.vintages import RULES
from hanyang_data.studies.data_audit import figure as findings_audit
from hanyang_data.studies.data_audit import tables as tables_audit
from hanyang_data.studies.data_audit import tables as tables_record
from hanyang_data.studies.registry import needs_of
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import SOURCE, columns_in

ASKED = {"region": "hanyang", "comparator": "wuhan", "indicator": "gdp", "start_year": 2017, "end_year": 2024}


def sides(lang="en", measure="growth", **options):
    scope = Scope(**ASKED | {"lang": lang} | options)
    return [replace(scope, comparator=""), replace(scope, region=scope.comparator, comparator="")]


def table(name, lang="en", **options):
    return hd.data_audit(**ASKED | {"lang": lang} | options).table(name)


def all_tables(lang="en", **options):
    audit = hd.data_audit(**ASKED | {"lang": lang} | options)
    return [(name, audit.table(name)) for name in audit.tables]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_heads_are_in_one_language_and_english_cells_hold_no_chinese(lang):
    for name, table in all_tables(lang):
        heads = [table.index.name, *table.columns]
        assert all(head.isascii() == (lang == "en") for head in heads), (name, heads)
        assert len(table), name
        told = table.drop(columns=[c.head for c in columns_in(table) if c.role == SOURCE], errors="ignore").reset_index()
        assert not re.search(r"\b[a-z]+_\w+", told.to_csv()), name  # ids are no words
        if lang == "en" and name not in ("rejects", "reject_reasons"):  # a reason may quote the page
            assert not re.search(r"[\u4e00-\u9fff“”]", table.reset_index().to_csv()), name


def test_tables_of_an_early_day_are_shorter_and_never_fail():
    now, then = (dict(all_tables(as_of=day)) for day in ("", "2018-06-30"))
    for name in ("not_known", "readings", "revisions", "breaks", "implied_bases", "rows_by_region", "sources"):
        assert len(then[name]) < len(now[name]), name


def test_what_is_not_known_of_hanyang_includes_most_of_2019_2021_2022_and_2024():
    both = sides()
    table = coverage("hanyang", both[0].years)
    missing = ~table.isin(COVERAGE[COVERAGE.index("initial_estimate") :])
    assert (missing[[2019, 2021, 2022, 2024]].mean() >= 0.9).all()
    unknown = tables_audit.unknown_table(both[0])
    assert unknown.loc["GDP"].tolist() == ["2022", "2018–2019, 2024"]


def test_the_readings_of_one_year_are_listed_and_one_is_taken():
    found = table("readings").loc["Wuhan"]
    of_2019 = found[found["Year"] == 2019]
    assert of_2019["As printed"].tolist() == ["about 7.8", "7.4"]
    assert of_2019["Taken"].tolist() == ["no", "yes"]


def test_a_figure_printed_again_unchanged_is_one_reading():
    read = tables_audit.distinct_readings(sides()[1], "growth")
    assert read.loc[2023, "value"].tolist() == [6.0, 5.7]
    assert read.groupby(level=0)["taken"].sum().eq(1).all()


def test_revisions_have_their_unit_and_kind():
    found = table("revisions").query("Region == 'Wuhan' and Indicator == 'GDP'").set_index("Year")
    growth, level = (found[found["Measure"] == m] for m in ("growth", "level"))
    assert growth.loc[2019, "Revision"] == "−0.4 pp"
    assert growth.loc[2021, "Flag"] == "bound"
    assert level.loc[2018, ["Revision", "Kind"]].tolist() == ["+0.5%", "census"]


def test_a_revision_within_one_text_is_told_too():
    """A yearbook of 2022 prints Wuchang's growth of 2021 as estimated and as final."""
    found = table("revisions", region="wuchang").query("Region == 'Wuchang' and Indicator == 'GDP' and Measure == 'growth'")
    known = hd.revisions("gdp", "wuchang")
    assert found["Year"].tolist() == known.loc[2017:2024].index.tolist()
    assert found.set_index("Year").loc[2021, ["First", "Latest", "Revision"]].tolist() == ["14.5", "10.4", "−4.1 pp"]


def test_conflicts_name_the_rule_that_decided():
    found = table("conflicts")
    assert set(found["Decided by"]) <= {rule.en for rule in RULES.values()}
    first = found.loc["Hanyang"].query("Indicator == 'Fixed-asset investment'").iloc[0]
    assert first["Values"] == "23.6 / 26.3"
    assert first["Decided by"] == "official before reprint"


def test_breaks_say_what_links_them():
    found = table("breaks")
    gdp = found.loc["Hanyang"].query("Indicator == 'GDP' and From == 2019").iloc[0]
    assert gdp[["Break", "Kind", "Linked by"]].tolist() == ["tobacco plant left", "enterprise relocation", "nothing"]
    assert gdp["Evidence"].startswith("The district names the relocation")
    chinese = table("breaks", "zh")
    assert any("卷烟厂搬迁" in text for text in chinese["依据"])


def test_corrections_show_before_and_after():
    found = table("corrections")
    row = found.query("Indicator == 'GDP'").iloc[0]
    assert row[["Printed", "Used"]].tolist() == [17.71676, 17716.76]
    assert found.query("Action == 'left out'")["Used"].isna().all()


def test_every_check_has_a_name_and_every_discrepancy_a_reason():
    assert set(tables_record.CHECKS) == set(CHECKS)
    found = table("discrepancies")
    assert (found["Reason"] != "").all()


def test_rejects_are_counted_by_reason():
    assert table("reject_reasons")["Figures"].sum() == len(table("rejects"))


def test_rows_are_counted_once():
    one = sides()[0]
    by_region = table("rows_by_region")
    assert by_region["Rows"].sum() == len(one.dataset.printed)
    by_indicator = tables_record.counts_table(one, "indicator", ["hanyang"])
    assert by_indicator["Rows"].sum() == by_region.loc["Hanyang", "Rows"]


def test_implied_values_are_marked_as_computed():
    found = table("implied_bases")
    assert found["Flag"].str.contains("computed").all()
    assert found.query("Region == 'Hanyang' and Indicator == 'Budget revenue' and Year == 2019")["Computed value"].tolist() == [
        101.07,
        101.05,
    ]


def test_the_answer_counts():
    text = hd.data_audit().answer()
    assert (
        text.finding == "37 of 240 yearly figures for Hanyang (30 indicators) are known as numbers, 30 of them initial estimates"
    )
    assert "78 of 248 yearly figures for Wuhan (31 indicators)" in str(text)
    fared, same, _ = text.sentences  # Jiangxia 2017 by 0.5, Hongshan 2023 by 0.9, Wuchang 2021 by 4.1
    assert fared == "All 3 estimates of GDP growth by districts that were measured later proved too high (by 0.5 to 4.1 pp)."
    assert same == "Hanyang's 6% for 2023 is an unmeasured estimate."
    assert "汉阳区2023年的6%未见统计数。" in hd.data_audit(lang="zh").answer().sentences
    (caidian, _) = sides(region="caidian", start_year=2011, end_year=2012)
    none = findings_audit.coverage_title(caidian, coverage("caidian", caidian.years))
    assert none.en == "No yearly figure for Caidian is on record in 2011–2012"


def change(*values, flag=""):
    years = range(2017, 2017 + len(values))
    cells = {"revision": values, "unit": "pp", "flag": flag, "latest_qualifier": "point"}
    return pd.DataFrame(cells, index=list(years)).astype({"flag": "str"})


@pytest.mark.parametrize(
    ("values", "en", "zh"),
    [
        ((0.1, -0.1, 0.0), "was revised down in 1 and up in 1 of 3 years with a later figure", "3年中，1年下调，1年上调"),
        (
            (0.1, -0.1),
            "was revised down in one of two years with a later figure and up in the other",
            "的两年中，一年下调，一年上调",
        ),
        ((0.0, 0.0), "was never revised, in 2 years with a later figure", "有后续数据的2年均未修订"),
        ((0.1, 0.1), "was revised up in both years with a later figure", "有后续数据的两年均上调"),
        ((0.1, 0.0), "was revised up in 1 of 2 years with a later figure, never down", "2年中，1年上调，从未下调"),
        ((0.2,), "of 2017 was revised up", "2017年地区生产总值增速后来上调"),
        ((0.0,), "of 2017 was confirmed", "2017年地区生产总值增速后来未作修订"),
        ((), "was printed only once", "各年均只公布过一次"),
    ],
)
def test_titles_follow_the_revisions(values, en, zh):
    title = findings_audit.vintages_title(sides()[0], "growth", change(*values))
    assert title.en.endswith(en)
    assert title.zh.endswith(zh)


@pytest.mark.parametrize("indicator", ["new_market_entities", "fixed_asset_investment", "foreign_capital"])
def test_what_one_session_prints_twice_is_neither_confirmed_nor_a_number_at_last(indicator):
    """Plan and work report of December 2020: over 8,000 and over 8,000; 438 and 438."""
    said = str(hd.data_audit(indicator=indicator, measure="level").answer())
    assert "bound first" not in said
    assert "confirmed" not in said
    assert hd.revisions(indicator, measure="level").empty


def test_an_estimate_that_was_measured_is_not_held_up_as_unmeasured():
    """Wuhan's investment grew 0.3% in 2023 by its estimate and by the bulletin, which stands on a secondary page alone."""
    assert "unmeasured" not in str(hd.data_audit("wuhan", "hanyang", "fixed_asset_investment").answer())


def test_the_answer_counts_the_estimates_of_the_window_as_its_figure_does():
    """Wuhan's estimates of 2025 became 4.5 (retail sales) and 5.6 (GDP) on a secondary page; GDP of 2020 stands on one too."""
    sales = hd.data_audit("wuhan", "hanyang", "retail_sales")
    assert sales.answer().sentences[0].startswith("Neither of two estimates of retail sales growth by the city")
    assert sales.chart("vintages").caption.title.endswith("was revised up in 1 of 2 years with a later figure, never down")
    gdp = hd.data_audit("wuhan", "hanyang", lang="zh")
    assert gdp.answer().sentences[0] == "全市地区生产总值增速预计数中，5个后来有统计数，其中3个偏高（2020年为二手资料）。"
    assert "有后续数据的5年中，3年下调" in gdp.chart("vintages").caption.title


def test_what_rounding_may_explain_did_not_prove_too_high():
    """Hanyang's 700 of 2020 became 699."""
    assert "Of 5 estimates of GDP by districts that were measured later, 3 proved" in str(hd.data_audit(measure="level").answer())
    levels = tables_audit.estimates_table(sides()[0]).set_index(["Indicators", "Measure"], append=True)
    assert list(levels.loc[("districts", "GDP", "level")][["Measured later", "Lowered", "Raised"]]) == [5, 3, 1]


def test_a_distance_to_a_bound_is_no_revision():
    title = findings_audit.vintages_title(sides()[0], "growth", change(0.2, flag="bound"))
    assert title.en == "Hanyang's GDP growth was printed as a bound first and as a number later in 2017"


@pytest.mark.parametrize(
    ("value", "unit", "shown"), [(-0.4, "pp", "−0.4 pp"), (0.0294, "percent", "+0.03%"), (0.5485, "percent", "+0.5%")]
)
def test_revisions_are_signed(value, unit, shown):
    assert tables_audit.signed(value, unit).en == shown


def test_the_parameters_of_an_audit_are_checked_before_a_kernel_starts():
    asked, needs = ASKED | {"measure": "growth"}, needs_of("data_audit")
    Scope.check(asked, needs)
    Scope.check(asked | {"region": "caidian"}, needs)  # nothing on record, and the city has much
    with pytest.raises(NoDataError, match="no growth of school_places for hanyang or wuhan"):
        Scope.check(asked | {"indicator": "school_places"}, needs)
    with pytest.raises(ParameterError, match="did you mean growth"):
        Scope.check(asked | {"measure": "grwth"}, needs)
    with pytest.raises(ParameterError, match="the region itself"):
        Scope.check(asked | {"region": "wuhan"}, needs)


def test_estimates_of_districts_stand_apart_from_those_of_the_city():
    table = tables_audit.estimates_table(sides()[0]).set_index(["Indicators", "Measure"], append=True)
    assert list(table.loc[("districts", "GDP", "growth")]) == [3, 3, 0, "−4.1 pp", "−0.9 pp", "−0.5 pp"]
    assert list(table.loc[("city", "GDP", "growth")]) == [5, 3, 0, "−0.5 pp", "−0.3 pp", "0.0 pp"]
    on_the_day = tables_audit.estimates_table(replace(sides()[0], as_of="2020-12-31"))  # most were measured later
    assert on_the_day["Measured later"].sum() < table["Measured later"].sum()


def test_the_triangle_holds_every_reading_once():
    both = sides()
    table = tables_audit.triangle_table(both, "growth")
    readings = hd.data_audit(**ASKED).table("readings")
    told = table.reset_index().melt(["Region", "Published"], var_name="Year", value_name="As printed")
    keys = ["Region", "Published", "Year", "As printed"]
    told["Year"] = told["Year"].astype(int)
    triangle = {tuple(row) for row in told[told["As printed"] != ""][keys].itertuples(index=False)}
    assert triangle == {tuple(row) for row in readings.reset_index()[keys].itertuples(index=False)}
    assert not table.reset_index().duplicated(["Region", "Published"]).any()


def test_fourteen_districts_add_up_to_the_city_of_2021():
    found = table("sums").set_index("Year", append=True)
    assert list(found.loc[("GDP", 2021)]) == [14, 2, 17715.86, 17716.76, -0.01]


def test_two_figures_of_one_year_are_not_called_printed_once():
    told = hd.data_audit("hanyang", "wuhan", "fixed_asset_investment").chart("vintages").caption.title
    assert told == "Sources differ on Hanyang's fixed-asset investment growth of 2023"


def test_the_chinese_annex_is_in_chinese():
    (here, _) = sides(lang="zh")
    assert not re.search(r"site|copy|authority|secondary|page", " ".join(here.dataset.rejects["publisher"]))
    assert "《〈政府工作报告〉提交审议》" in hd.cite(["wuhan_gwr_2025_press"], "zh")
