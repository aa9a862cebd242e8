"""What is known and what is not, where sources differ, and which reading a series takes."""

import pandas as pd
import pytest

import hanyang_data as hd
from hanyang_data.errors import UnknownIdError
from hanyang_data.record.contract import OUTTURN_VINTAGES
from hanyang_data.record.coverage import COVERAGE, conflicts, coverage, readings, unknown
from hanyang_data.record.observations import default_dataset
from hanyang_data.record.vintages import RULES

YEARS = range(2017, 2025)


def test_coverage_has_a_row_an_indicator_a_column_a_year_and_no_other_words():
    table = coverage("wuhan", YEARS)
    assert table.columns.tolist() == list(YEARS)
    order = default_dataset().indicators.index
    assert table.index.tolist() == [indicator for indicator in order if indicator in table.index]
    assert set(table.to_numpy().ravel()) <= set(COVERAGE)
    assert (table != "nothing").any(axis="columns").all()


def test_the_growth_of_hanyang_is_unknown_in_five_of_eight_years():
    headline = ["gdp", "industrial_value_added", "fixed_asset_investment", "retail_sales", "budget_revenue", "disposable_income"]
    growth = coverage("hanyang", YEARS, measures=["growth"]).loc[headline]
    assert not growth[[2018, 2019, 2021, 2022, 2024]].isin(OUTTURN_VINTAGES).any(axis=None)
    assert growth.loc["gdp", [2017, 2019, 2022]].tolist() == ["initial_estimate", "target_only", "nothing"]
    assert growth.loc["disposable_income", 2020] == "worded"


def test_a_bound_is_not_a_stated_figure_and_of_two_measures_the_better_counts():
    assert coverage("hanyang", [2018], measures=["level"]).loc["gdp", 2018] == "bounded"
    assert coverage("hanyang", [2020], measures=["growth"]).loc["gdp", 2020] == "initial_estimate"
    assert coverage("hanyang", [2020]).loc["gdp", 2020] == "preliminary"


def test_coverage_knows_nothing_that_was_published_later():
    then = coverage("hanyang", YEARS, as_of="2017-12-31")
    assert then.loc["gdp", 2017] == "initial_estimate"
    assert then.drop(columns=[2017, 2018]).eq("nothing").all(axis=None)


def test_unknown_parts_missing_years_from_unmeasured_ones_and_leaves_out_what_is_known():
    gaps = unknown("hanyang", YEARS)
    assert gaps.loc["gdp"].to_dict() == {"missing": [2022], "unmeasured": [2018, 2019, 2024]}
    assert "gdp" not in unknown("wuhan", YEARS).index


def test_an_unknown_region_is_named():
    with pytest.raises(UnknownIdError, match="did you mean hanyang"):
        coverage("hanyan", YEARS)


def test_a_conflict_lists_what_was_printed_and_the_rule_that_decided():
    table = conflicts().set_index(["region", "indicator", "measure", "year"])
    investment = table.loc[("hanyang", "fixed_asset_investment", "growth", 2023)]
    assert investment["values"] == [23.6, 26.3]
    assert investment["sources"] == ["hanyang_plan_2023_2024", "hanyang_gwr_2024"]
    assert investment["rule"] == "reliability"
    assert table.loc[("wuchang", "gdp", "level", 2021), "rule"] == "secondary"


def test_every_conflict_is_one_and_its_first_value_is_what_a_series_takes():
    for row in conflicts().itertuples():
        place = (row.region, row.indicator, row.measure, row.year)
        assert row.rule in RULES
        assert len(set(zip(row.values, row.qualifiers, strict=True))) > 1, place
        if row.concept == "target":
            taken = hd.targets(row.indicator, row.region, vintage=row.vintage, measure=row.measure).loc[row.year]
        else:
            taken = hd.load(row.indicator, row.region, row.measure).loc[row.year]
        if taken["vintage"] == row.vintage:  # a conflict of first estimates is over once a bulletin is out
            assert (taken["value"], taken["source_id"]) == (row.values[0], row.sources[0]), place


def test_readings_come_in_the_order_of_publication_and_the_taken_one_is_that_of_the_series():
    for indicator, region, measure in [("gdp", "wuhan", "growth"), ("gdp", "wuhan", "level"), ("gdp", "hanyang", "level")]:
        table = readings(indicator, region, measure)
        assert all(group["known_from"].is_monotonic_increasing for _, group in table.groupby(level=0))
        taken, latest = table[table["taken"]], hd.load(indicator, region, measure)
        latest = latest[latest["flag"] != "missing"]
        pd.testing.assert_frame_equal(taken[["value", "source_id"]], latest[["value", "source_id"]])
    assert readings("gdp", "wuhan").loc[2019, ["value", "taken"]].to_numpy().tolist() == [[7.8, False], [7.4, True]]


def test_as_of_another_reading_is_the_one_taken():
    then = readings("gdp", "wuhan", as_of="2020-06-30")
    assert then.loc[[2019], ["value", "taken"]].to_numpy().tolist() == [[7.8, True]]


def test_a_corrected_reading_says_so():
    level = readings("gdp", "wuhan", "level").loc[2021].set_index("source_id")
    assert level.loc["wuhan_hubei_daily_rank_2022", ["value", "correction"]].tolist() == [17716.76, "override"]
