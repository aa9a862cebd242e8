"""Equivalence: published answers, the package that others use, and the guard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanyang_data.errors import ParameterError
from hanyang_data.statistics import equivalence

lists = st.lists(st.integers(-30, 30).map(lambda k: k / 10), min_size=5, max_size=10)


def test_the_paired_example_of_pingouin():
    """Pingouin's documentation of tost(), as worked through at rowannicholls.github.io (tost_paired): p = 0.955 at 0.5."""
    a, b = [4, 7, 8, 6, 3, 2], [6, 8, 7, 10, 11, 9]
    result = equivalence.tost([x - y for x, y in zip(a, b, strict=True)], 0.5)
    assert round(result.p_value, 3) == 0.955
    assert result.n == 6


@given(lists, st.sampled_from([0.1, 0.5, 2.0]))
def test_statsmodels_gives_the_same_p_value(values, margin):
    from statsmodels.stats.weightstats import DescrStatsW

    if len(set(values)) > 1:
        expected = DescrStatsW(values).ttost_mean(-margin, margin)[0]
        assert equivalence.tost(values, margin).p_value == pytest.approx(expected, abs=1e-9)


@given(lists)
def test_signs_and_order_do_not_matter(values):
    p = equivalence.tost(values).p_value
    assert equivalence.tost(values[::-1]).p_value == pytest.approx(p)
    assert equivalence.tost([-v for v in values]).p_value == pytest.approx(p)


@given(lists)
def test_a_wider_margin_is_easier(values):
    assert equivalence.tost(values, 1.0).p_value <= equivalence.tost(values, 0.5).p_value + 1e-12


@pytest.mark.parametrize("n", range(9))
def test_below_five_nothing_is_tested(n):
    assert (equivalence.tost(([0.1, -0.1] * 4)[:n]) is None) == (n < 5)


@pytest.mark.parametrize(("value", "p"), [(0.1, 0.0), (0.5, 1.0), (-0.9, 1.0)])
def test_values_all_alike(value, p):
    assert equivalence.tost([value] * 5).p_value == p


@pytest.mark.parametrize("margin", [0, -0.5, float("nan"), float("inf")])
def test_a_margin_is_more_than_nothing(margin):
    with pytest.raises(ParameterError, match="margin_pp"):
        equivalence.tost([0.1] * 6, margin)


def test_words():
    small = equivalence.words(equivalence.tost([0.1, -0.1, 0.0, 0.1, -0.1, 0.0]))
    assert small.en.startswith("That the mean is so small is shown (TOST p below 0.001, n = 6)")
    assert "未能表明" in equivalence.words(equivalence.tost([1.0, 0.5, 0.2, 0.9, 1.4])).zh
    assert "less than ±0.5 pp would not matter" in equivalence.stated(0.5).en
    assert "±0.25个百分点" in equivalence.stated(0.25).zh
