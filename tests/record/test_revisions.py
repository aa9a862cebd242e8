"""How far the first published reading of a year lies from the latest one, and why."""

import pandas as pd
import pytest
from helpers import printed

import hanyang_data as hd
from hanyang_data.record.revisions import KINDS, beyond_rounding, estimates_measured_later

COLUMNS = ["first", "latest", "revision"]


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2018, [8.0, 8.0, 0.0]),
        (2019, [7.8, 7.4, -0.4]),
        (2021, [12.0, 12.2, 0.2]),
        (2022, [4.5, 4.0, -0.5]),
        (2023, [6.0, 5.7, -0.3]),
    ],
)
def test_growth_of_the_city_is_revised_in_percentage_points(year, expected):
    row = hd.revisions("gdp", "wuhan").loc[year]
    assert row[COLUMNS].tolist() == expected
    assert row[["unit", "kind"]].tolist() == ["pp", "initial_estimate_to_preliminary"]


def test_a_revision_that_starts_from_a_bound_says_so():
    table = hd.revisions("gdp", "wuhan")
    assert table["flag"].str.contains("bound").loc[[2019, 2021, 2022]].tolist() == [False, True, False]
    assert table.loc[[2018, 2019], "first_qualifier"].tolist() == ["about", "about"]


def test_the_census_revises_the_level_of_2018_in_percent_and_is_named_as_the_reason():
    row = hd.revisions("gdp", "wuhan", "level").loc[2018]
    assert row[COLUMNS].tolist() == [14847.29, 14928.72, pytest.approx(100 * 81.43 / 14847.29, abs=5e-5)]
    assert row[["unit", "kind"]].tolist() == ["percent", "census"]
    assert row[["first_source_id", "latest_source_id"]].tolist() == ["wuhan_release_2018", "wuhan_gdp_series_2023"]


def test_a_share_is_revised_in_points_although_it_is_a_level(add):
    share = {"unit": "percent", "basis": "rate"}
    first = printed("hongshan", "tertiary_share", 2010, 60.0, "level", vintage="initial_estimate", **share)
    final = printed("hongshan", "tertiary_share", 2010, 61.5, "level", source_id="wuhan_bulletin_2022", **share)
    data = hd.open_dataset(add("observations.csv", first, final))
    row = hd.revisions("tertiary_share", "hongshan", "level", dataset=data).loc[2010]
    assert row[["revision", "unit"]].tolist() == [1.5, "pp"]


@pytest.mark.parametrize(("day", "years"), [("2020-01-07", [2018]), ("2020-10-30", [2018]), ("2020-10-31", [2018, 2019])])
def test_a_later_reading_is_no_revision_before_it_is_published(day, years):
    assert hd.revisions("gdp", "wuhan", as_of=day).index.tolist() == years


def test_the_restatement_is_unknown_before_its_text():
    assert 2018 not in hd.revisions("gdp", "wuhan", "level", as_of="2023-04-05").index
    assert 2018 in hd.revisions("gdp", "wuhan", "level", as_of="2023-04-06").index


def test_every_revision_of_the_record_is_of_a_named_kind_and_two_readings():
    series = hd.catalog().query("concept == 'outturn' and period == 'annual'")
    tables = [hd.revisions(i, r, m) for r, i, m in series[["region", "indicator", "measure"]].itertuples(index=False)]
    whole = pd.concat([table for table in tables if len(table)])
    assert len(whole) > 40
    assert set(whole["kind"]) <= set(KINDS)
    sides = [list(zip(whole[f"{end}_source_id"], whole[f"{end}_vintage"], strict=True)) for end in ("first", "latest")]
    assert all(first != latest for first, latest in zip(*sides, strict=True))


def test_what_is_printed_again_in_the_same_vintage_is_no_revision():
    """Hanyang's 438 of 2020 in plan and work report of one session; Wuhan's secondary sector of 2023 in two preliminary texts."""
    assert hd.revisions("fixed_asset_investment", "hanyang", "level").empty
    assert hd.revisions("secondary_value_added", "wuhan").empty
    assert hd.revisions("budget_revenue", "wuhan").loc[2023, "revision"] == 0  # an estimate that was confirmed


def test_one_text_may_print_an_estimate_and_the_figure_after_it():
    assert hd.revisions("gdp", "wuchang").loc[2021, ["first", "latest", "revision"]].tolist() == [14.5, 10.4, -4.1]


def test_a_year_that_was_published_once_is_not_there():
    assert 2024 in hd.load("gdp", "wuhan").index
    assert 2024 not in hd.revisions("gdp", "wuhan").index


def test_the_order_of_rows_in_the_file_does_not_matter(snapshot):
    file = snapshot / "observations.csv"
    head, *rows = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([head, *reversed(rows)]) + "\n", encoding="utf-8")
    turned = hd.open_dataset(snapshot)
    for measure in ("growth", "level"):
        pd.testing.assert_frame_equal(
            hd.revisions("gdp", "wuhan", measure), hd.revisions("gdp", "wuhan", measure, dataset=turned)
        )


def test_a_series_without_rows_has_no_revisions_but_its_columns():
    empty = hd.revisions("gdp", "east_lake_scenic")
    assert empty.empty
    assert empty.columns.equals(hd.revisions("gdp", "wuhan").columns)


def test_estimates_of_districts_that_were_measured_later_were_too_high():
    growth = estimates_measured_later("gdp")
    found = {(row.region, year): row.revision for year, row in growth.iterrows()}
    assert found == {("wuchang", 2021): -4.1, ("hongshan", 2023): -0.9, ("jiangxia", 2017): -0.5}
    assert "hanyang" not in set(estimates_measured_later()["region"])  # none of its growth was ever measured
    levels = estimates_measured_later("gdp", "level")["revision"]
    assert (levels.min().round(1), levels.max().round(1)) == (-5.1, 1.9)  # levels were revised both ways
    assert estimates_measured_later("gdp", as_of="2017-06-30").empty


def test_a_latest_reading_that_the_series_does_not_take_is_flagged():
    """Wuhan 2025: about 6.0 in the work report, 5.6 on a secondary page, which a series hears only where all else is silent."""
    found = hd.revisions("gdp", "wuhan")
    apart = [year for year, flag in found["flag"].items() if "not_taken" in flag.split()]
    series = {end: hd.load("gdp", "wuhan", vintage=end)["value"] for end in ("first", "latest")}
    assert apart == [2025]
    assert found.loc[2025, "latest"] == 5.6
    assert series["latest"].loc[2025] == 6.0
    for year in found.index.difference(apart):
        assert [found.at[year, end] for end in series] == [values[year] for values in series.values()]


@pytest.mark.parametrize(("unit", "revision"), [("count", 14.3), ("CNY_100M", 0.0)])
def test_whole_counts_are_not_rounded(unit, revision):
    """From 7 firms to 8 is a revision; from 7亿元 to 8亿元 may be 7.5 both times."""
    table = pd.DataFrame({"first": [7.0], "latest": [8.0], "revision": [14.3], "unit": ["percent"], "printed_unit": [unit]})
    assert beyond_rounding(table).tolist() == [revision]
