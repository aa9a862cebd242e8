"""A district within its city: the growth of the rest, and what the district adds to the whole."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_gap import CITY, DISTRICT, NAN, first, pairs, sides

from hanyang_data.errors import ParameterError
from hanyang_data.statistics import gap

# --- the rest of the city ---


def test_rest_of_city_by_hand():
    """A tenth that grows 15% in a city that grows 6%: the rest grows (6 - 1.5)/0.9 = 5, the gap is 9/0.9 = 10."""
    rest = gap.analyse({2020: 15.0}, {2020: 6.0}, share={2019: 10, 2020: 50}).rest_of_city
    assert list(rest.columns) == ["share_pct", "rest_pct", "gap_pp"]
    assert rest.loc[2020].tolist() == pytest.approx([10, 5, 10])


def test_a_small_share_and_a_missing_one_have_no_rest():
    result = gap.analyse(first(DISTRICT, 4), first(CITY, 4), share={2016: 4.9, 2017: 5.0, 2018: NAN, 2019: 6.0})
    assert list(result.rest_of_city.index) == [2018, 2020]
    assert list(result.contribution.index) == [2017, 2018, 2020]


def test_without_a_usable_share_there_is_no_rest():
    assert gap.analyse(DISTRICT, CITY).rest_of_city is None
    assert gap.analyse(DISTRICT, CITY, share=dict.fromkeys(range(2016, 2024), 3.0)).rest_of_city is None


@pytest.mark.parametrize("share", [0, -3, 100, 140])
def test_a_share_is_more_than_nothing_and_less_than_all(share):
    with pytest.raises(ParameterError, match="share of"):
        gap.analyse(DISTRICT, CITY, share={2019: share})


@given(pairs, st.integers(50, 900).map(lambda k: k / 10))
def test_the_parts_make_the_city(rows, share):
    district, city = sides(rows)
    result = gap.analyse(district, city, share=dict.fromkeys(range(2015, 2026), share))
    for year, row in result.rest_of_city.iterrows():
        whole = share / 100 * district[year] + (1 - share / 100) * row["rest_pct"]
        assert whole == pytest.approx(city[year], abs=1e-6)
        assert row["gap_pp"] == pytest.approx(district[year] - row["rest_pct"], abs=1e-6)


def test_a_share_that_nobody_knows_gives_nothing():
    found = gap.analyse({2020: -8.0}, {2020: -4.7}, share={})
    assert (found.contribution, found.rest_of_city) == (None, None)


# --- what the district adds ---


def test_contribution_by_hand():
    """A tenth that grows 15% adds 1.5 points to city growth of 6%, a quarter of it."""
    result = gap.analyse({2020: 15.0}, {2020: 6.0}, share={2019: 10})
    assert result.contribution.loc[2020].tolist() == pytest.approx([10, 1.5, 25])


@pytest.mark.parametrize(("district", "city"), [(-8.0, -4.7), (2.0, 0.9), (-1.0, 3.0), (3.0, -1.0)])
def test_no_share_of_a_fall_or_of_next_to_nothing(district, city):
    """METHODS 3, 14: near zero or below it a share of growth has no meaning; the points are given."""
    result = gap.analyse({2020: district}, {2020: city}, share={2019: 10})
    assert math.isnan(result.contribution.loc[2020, "of_growth_pct"])
    assert result.contribution.loc[2020, "contribution_pp"] == pytest.approx(district / 10)


def test_a_small_district_adds_points_and_has_no_rest():
    result = gap.analyse({2020: 6.0}, {2020: 5.0}, share={2019: 4.5})
    assert result.rest_of_city is None
    assert result.contribution.loc[2020, "contribution_pp"] == pytest.approx(0.27)
    assert gap.analyse({2020: 6.0}, {2020: 5.0}, share={2020: 4.5}).contribution is None
