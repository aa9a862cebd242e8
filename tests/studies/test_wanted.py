"""What to look for: what a missing figure would give is what it does give once it is there."""

import pytest
from helpers import printed

import hanyang_data as hd
from hanyang_data.studies.data_audit.wanted import wanted
from hanyang_data.studies.scope import Scope


@pytest.fixture(scope="module")
def table():
    return wanted(Scope("hanyang", "gdp", 2017, 2024))


def test_the_first_place_goes_to_what_decides_most(table):
    assert table["decides"].iloc[0] == table["decides"].max() == 2
    assert table["decides"].is_monotonic_decreasing
    assert table["region"].iloc[0] == "hanyang"


def test_a_level_that_is_wanted_gives_the_interval_it_is_said_to_give(table, add):
    row = table.query("indicator == 'gdp' and measure == 'level' and year == 2024").iloc[0]
    assert row["gives"] == [2024]
    data = hd.open_dataset(add("observations.csv", printed("hanyang", "gdp", 2024, 905.0, "level")))
    assert hd.derived.implied("gdp").index.max() < 2024
    assert hd.derived.implied("gdp", dataset=data).loc[2024, ["low", "high"]].notna().all()


def test_growth_of_another_district_makes_the_pairs_it_is_said_to_make(table, add):
    row = table.query("region == 'jiangxia' and year == 2020").iloc[0]
    assert row["pairs"] == {2: (2, 4)}
    data = hd.open_dataset(add("observations.csv", printed("jiangxia", "gdp", 2020, -4.0)))
    assert len(hd.derived.calibration("gdp", dataset=data).query("years == 2")) == 4


def test_what_is_printed_is_not_wanted(table):
    gdp = table.query("region == 'hanyang' and indicator == 'gdp' and measure == 'growth'")
    assert not {2017, 2020, 2023} & set(gdp["year"])
    assert gdp.set_index("year").loc[2021, "narrows_pct"] > 8
    assert table.query("indicator == 'fixed_asset_investment' and measure == 'level'").empty
