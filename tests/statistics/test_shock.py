"""Growth with and without 2020, and the two-year average after it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from hanyang_data.statistics import trend
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.trend import findings as tables_trend
from hanyang_data.studies.trend import findings as trends

YEARS = range(2017, 2025)
tenths = st.integers(-100, 200).map(lambda k: k / 10)


def test_the_two_year_average_of_the_statistics_bureau():
    """National Bureau of Statistics, 2021: 2.2 in 2020 (revised) and 8.1 in 2021 are 5.1 a year on average."""
    found = trend.with_and_without([2019, 2020, 2021], [6.0, 2.2, 8.1])
    assert round(found.two_year_pct, 1) == 5.1


def test_no_two_year_average_without_both_years():
    assert trend.with_and_without([2019, 2020, 2022], [6.0, 2.2, 3.0]).two_year_pct is None
    assert trend.with_and_without([2019, 2021], [6.0, 8.1]) is None


def test_wuhan_has_the_whole_ladder_with_2020_and_less_without():
    """The eight printed growth rates of Wuhan's GDP carry OLS too; seven do not."""
    growth = Scope("wuhan", "gdp", 2017, 2024).outturns()
    (found,) = trends.shock_by_segment(growth).values()
    assert (found.including.n, found.excluding.n) == (8, 7)
    for name in ("mean_log_growth", "log_linear", "theil_sen", "mann_kendall"):
        assert getattr(found.including, name).n == 8
    assert found.excluding.log_linear is None
    assert found.excluding.left_out == (2020,)
    assert found.excluding.missing == ()
    for side, average in ((found.including, (5.6, 1.5, 9.9)), (found.excluding, (7.2, 4.8, 9.7))):
        of = side.mean_log_growth
        assert (round(side.cagr_pct, 1), round(of.low, 1), round(of.high, 1)) == average


def test_hanyang_has_too_few():
    growth = Scope("hanyang", "gdp", 2017, 2024).outturns()
    (found,) = trends.shock_by_segment(growth).values()
    assert [(side.n, side.cagr_pct) for side in (found.including, found.excluding)] == [(2, None), (1, None)]


def test_both_sides_stand_in_the_table_with_their_n():
    for lang, head in (("en", "n, without 2020"), ("zh", "n（不计2020年）")):
        scope = Scope("wuhan", "gdp", 2017, 2024, lang=lang)
        table = tables_trend.shock_table(scope, trends.shock_by_segment(scope.outturns()))
        assert table[head].dropna().unique().tolist() == [7]
        assert len(table) == 5
    empty = Scope("hanyang", "gdp", 2017, 2024)
    assert tables_trend.shock_table(empty, trends.shock_by_segment(empty.outturns())).empty


@given(st.lists(tenths, min_size=8, max_size=8))
@settings(max_examples=30)
def test_without_a_year_is_the_series_that_never_had_it(values):
    found = trend.with_and_without(YEARS, values)
    rest = [(y, v) for y, v in zip(YEARS, values, strict=True) if y != 2020]
    never = trend.analyse([y for y, _ in rest], [v for _, v in rest], kind="rate", left_out=[2020])
    for name in ("cagr_pct", "mean_log_growth", "log_linear", "theil_sen", "mann_kendall"):
        assert getattr(found.excluding, name) == getattr(never, name)
    assert found.including == trend.analyse(YEARS, values, kind="rate")
