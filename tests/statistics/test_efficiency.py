"""The regression of Mincer and Zarnowitz: against a certified regression, the national series, and its guards."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from test_shortfall import OUTTURNS, TARGETS

from hanyang_data.errors import ParameterError
from hanyang_data.record.targets import Target, parse
from hanyang_data.statistics.efficiency import mincer_zarnowitz

# NIST StRD, linear regression, Norris: 36 calibrations of ozone monitors with certified values
# (itl.nist.gov/div898/strd/lls/data/Norris.shtml; data as carried by public test suites, among them GSL's)
NORRIS_Y = [0.1, 338.8, 118.1, 888.0, 9.2, 228.1, 668.5, 998.5, 449.1, 778.9, 559.2, 0.3, 0.1, 778.1, 668.8, 339.3, 448.9, 10.8,
            557.7, 228.3, 998.0, 888.8, 119.6, 0.3, 0.6, 557.6, 339.3, 888.0, 998.5, 778.9, 10.2, 117.6, 228.9, 668.4, 449.2,
            0.2]  # fmt: skip
NORRIS_X = [0.2, 337.4, 118.2, 884.6, 10.1, 226.5, 666.3, 996.3, 448.6, 777.0, 558.2, 0.4, 0.6, 775.5, 666.9, 338.0, 447.5, 11.6,
            556.0, 228.1, 995.8, 887.6, 120.2, 0.3, 0.3, 556.8, 339.1, 887.2, 999.0, 779.0, 11.1, 118.3, 229.2, 669.1, 448.9,
            0.5]  # fmt: skip


def point(value):
    return Target(value, value, "point")


def laid_out(pairs):
    years = range(2000, 2000 + len(pairs))
    return (
        {year: y for year, (_, y) in zip(years, pairs, strict=True)},
        {year: point(x) for year, (x, _) in zip(years, pairs, strict=True)},
    )


def test_certified_regression_of_nist_norris():
    found = mincer_zarnowitz(*laid_out(list(zip(NORRIS_X, NORRIS_Y, strict=True))))
    line = found.line
    assert line.constant.value == pytest.approx(-0.262323073774029, rel=1e-9)
    assert line.slope.value == pytest.approx(1.00211681802045, rel=1e-12)
    assert line.constant_error == pytest.approx(0.232818234301152, rel=1e-9)
    assert line.slope_error == pytest.approx(0.429796848199937e-03, rel=1e-9)
    # the joint F from the certified residual standard deviation and the plain differences of the data
    free, certified = sum((y - x) ** 2 for x, y in zip(NORRIS_X, NORRIS_Y, strict=True)), 26.6173985294224
    f = (free - certified) / 2 / 0.884796396144373**2
    assert found.joint.statistic == pytest.approx(f, rel=1e-9)
    assert found.joint.p_value == pytest.approx(stats.f.sf(f, 2, 34), rel=1e-9)


def test_national_series_of_methods_s5():
    """METHODS S5: 2012-25 a = -0.90 (1.91), b = 1.15 (0.30), joint p = 0.88; computed there with statsmodels."""
    found = mincer_zarnowitz(OUTTURNS, TARGETS)
    line = found.line
    assert found.n == 13
    assert (line.constant.value, line.constant_error) == pytest.approx((-0.90, 1.91), abs=0.005)
    assert (line.slope.value, line.slope_error) == pytest.approx((1.15, 0.30), abs=0.005)
    assert found.joint.p_value == pytest.approx(0.88, abs=0.005)
    assert "−0.90 (1.91) + 1.15 (0.30) × target" in found.verdict.en
    assert "is not ruled out" in found.verdict.en
    assert "不能排除" in found.verdict.zh


def test_joint_test_is_that_of_statsmodels():
    import statsmodels.api as sm

    found = mincer_zarnowitz(OUTTURNS, TARGETS)
    years = [year for year in OUTTURNS if year != 2020]
    x = [(t.low if t.high is None else (t.low + t.high) / 2) for t in (TARGETS[year] for year in years)]
    fitted = sm.OLS([OUTTURNS[year] for year in years], sm.add_constant(np.array(x))).fit()
    test = fitted.f_test("const = 0, x1 = 1")
    assert (found.joint.statistic, found.joint.p_value) == pytest.approx((float(test.fvalue), float(test.pvalue)))


@pytest.mark.parametrize(
    ("aims", "reason"),
    [
        ([6, 6.5, 7, 7.5, 8, 8.5, 9], "needs 8 years with a number on both sides, there are 7"),
        ([8, 8, 8, 8, 8, 8, 8, 7.5, 7], "needs 4 different targets, there are 3"),  # as in 2005-2011
        ([7, 7.1, 7.2, 7.3, 7, 7.1, 7.2, 7.3], "they vary too little"),
    ],
)
def test_a_guard_gives_the_reason_and_no_number(aims, reason):
    found = mincer_zarnowitz(*laid_out([(aim, aim + 0.1 * (k % 3)) for k, aim in enumerate(aims)]))
    assert (found.line, found.joint) == (None, None)
    assert reason in found.verdict.en
    assert found.verdict.zh.startswith("不作")


def test_the_guard_of_spread_includes_its_end():
    aims = [6.5, 6.5, 6.5, 6.5, 7.5, 7.5, 7.5, 7.5, 7.0, 7.1]  # sd just below
    below = mincer_zarnowitz(*laid_out([(aim, aim) for aim in aims]))
    assert below.line is None
    wider = mincer_zarnowitz(*laid_out([(aim, aim) for aim in [*aims, 6.0, 8.0]]))
    assert wider.line.slope.value == pytest.approx(1)
    assert wider.joint.p_value > 0.99


def test_levels_and_wordings_take_no_part():
    assert "percent alone" in mincer_zarnowitz({2020: 700}, {2020: parse("775亿元")}).verdict.en
    assert mincer_zarnowitz({2020: 1.0, 2021: 8.1}, {2020: parse("正增长"), 2021: parse("6%以上")}).n == 1


def test_numbers_beyond_all_measure_are_refused_in_one_sentence():
    aims = {year: parse(f"{6 + year % 4}%") for year in range(2013, 2021)}
    with (
        pytest.raises(ParameterError, match="too large for a regression"),
        np.errstate(over="ignore", invalid="ignore"),
    ):
        mincer_zarnowitz({year: 1e200 * (-1) ** year for year in aims}, aims)


rates = st.integers(0, 200).map(lambda k: k / 10)
pairs = st.lists(st.tuples(rates, rates), min_size=8, max_size=12).filter(
    lambda rows: len({x for x, _ in rows}) >= 4 and np.std([x for x, _ in rows], ddof=1) >= 0.6
)


@given(pairs, st.integers(1, 50).map(lambda k: k / 10))
@settings(max_examples=30)
def test_adding_a_constant_to_both_sides_leaves_the_slope_and_order_does_not_matter(rows, shift):
    here = mincer_zarnowitz(*laid_out(rows))
    moved = mincer_zarnowitz(*laid_out([(x + shift, y + shift) for x, y in reversed(rows)]))
    assert moved.line.slope.value == pytest.approx(here.line.slope.value, abs=1e-7)
    if here.joint.statistic < 1e6:
        assert moved.joint.statistic == pytest.approx(here.joint.statistic, rel=1e-4, abs=1e-6)
