"""Contributions and shift-share: published reference answers, by hand, and what must hold for any numbers."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanyang_data.errors import ParameterError
from hanyang_data.statistics.attribution import LIMIT_PP, contributions, shift_share

rates = st.integers(-150, 250).map(lambda k: k / 10)
sides = st.tuples(st.integers(1, 99), rates, rates)


def two(first, growth, other, total=None):
    """A region of two sectors; without a total of its own it adds up exactly."""
    weights = {"a": float(first), "b": 100.0 - first}
    whole = (first * growth + (100 - first) * other) / 100 if total is None else total
    return contributions(weights, {"a": growth, "b": other}, whole)


# --- reference answers that were published ---

# G. Krumme, University of Washington, Geography 350, "Shift & Share Table": a region of 1,000 employees in 1985, four industries,
# http://faculty.washington.edu/krumme/350/ssexcel.html. National growth effect 290, composition effect 80, differential 420.
REGION = {"I": (50, 100), "II": (10, 0), "III": (20, 25), "IV": (20, 40)}
NATION = {"I": (10, 10), "II": (20, 20), "III": (40, 30), "IV": (30, 40)}
EMPLOYED, MIX, DIFFERENTIAL = 1000, {"I": -95, "II": -9, "III": 2, "IV": 22}, {"I": 450, "II": -20, "III": -10, "IV": 0}


def test_the_shift_share_table_of_krumme():
    """Printed without signs: 80 and 420 net; the total shift of 340 is 630 − 290."""
    region, nation = (
        contributions({i: w for i, (w, _) in side.items()}, {i: g for i, (_, g) in side.items()}, total)
        for side, total in ((REGION, 63), (NATION, 29))
    )
    assert region.residual_pp == pytest.approx(0)
    parts = shift_share(region, nation)
    assert EMPLOYED * nation.total_pct / 100 == pytest.approx(290)
    assert parts.gap_pp * EMPLOYED / 100 == pytest.approx(340)
    # that table gives all of what both differ by to the differential, this one half of it to either side
    half = {i: (w - NATION[i][0]) * (g - NATION[i][1]) / 200 for i, (w, g) in REGION.items()}
    assert (parts.structure_pp - math.fsum(half.values())) * EMPLOYED / 100 == pytest.approx(-80)
    assert (parts.within_pp + math.fsum(half.values())) * EMPLOYED / 100 == pytest.approx(420)
    differential = {i: (within + half[i]) * EMPLOYED / 100 for i, within in parts.table["within_pp"].items()}
    assert differential == pytest.approx(DIFFERENTIAL)
    # the composition effect of an industry in that table is its regional weight times its national growth above the average
    mix = {i: w * (NATION[i][1] - 29) * EMPLOYED / 10000 for i, (w, _) in REGION.items()}
    assert mix == pytest.approx(MIX)
    assert math.fsum(mix.values()) == pytest.approx(-80)


def test_the_three_sectors_make_national_growth_of_2023():
    """Statistical Communiqué 2023 (NBS, 2024-02-29): 89,755 +4.1%, 482,589 +4.7%, 688,238 +5.8%, in all 1,260,582 +5.2%."""
    levels = {"primary": (89755, 4.1), "secondary": (482589, 4.7), "tertiary": (688238, 5.8)}
    base = 1260582 / 1.052
    weights = {s: 100 * level / (1 + g / 100) / base for s, (level, g) in levels.items()}
    result = contributions(weights, {s: g for s, (_, g) in levels.items()}, 5.2)
    assert abs(result.residual_pp) <= 0.1  # rounding of four rates
    assert result.adds_up


@pytest.mark.parametrize(("parts", "total"), [((3.9, 5.6, 0.8), 10.3), ((5.3, 1.1, 1.7), 8.1), ((4.3, 1.5, -0.6), 5.2)])
def test_official_contributions_add_up(parts, total):
    """NBS: consumption, capital formation and net exports of 2010, 2021 (METHODS 1.2 G4) and 2023 (Communiqué 2023)."""
    weights = {str(i): 30.0 for i in range(3)}
    result = contributions(weights, {str(i): part / 0.3 for i, part in enumerate(parts)}, total)
    assert list(result.table["contribution_pp"]) == pytest.approx(parts)
    assert result.residual_pp == pytest.approx(0, abs=1e-9)


# --- by hand ---


def test_contributions_by_hand_with_a_sector_that_nobody_printed():
    """60% growing 5% and 30% growing 10% make 6 points of 6.2; the tenth that is missing is the residual."""
    result = contributions({"a": 60, "b": 30}, {"a": 5, "b": 10}, 6.2)
    assert list(result.table.columns) == ["weight_pct", "growth_pct", "contribution_pp"]
    assert list(result.table["contribution_pp"]) == [3.0, 3.0]
    assert result.residual_pp == pytest.approx(0.2)


def test_shift_share_by_hand():
    """Half and half against 20:80, growth 10 and 2 against 8 and 4: structure .3*9 − .3*3, within .35*2 − .65*2."""
    parts = shift_share(two(50, 10, 2), two(20, 8, 4))
    assert list(parts.table["structure_pp"]) == pytest.approx([2.7, -0.9])
    assert list(parts.table["within_pp"]) == pytest.approx([0.7, -1.3])
    assert parts.gap_pp == pytest.approx(6.0 - 4.8)


@pytest.mark.parametrize(("off", "refused"), [(0.3, False), (-0.3, False), (0.31, True), (-0.4, True)])
def test_a_residual_beyond_three_tenths_forbids_the_comparison(off, refused):
    good, bad = two(50, 6, 4), two(50, 6, 4, total=5 + off)
    assert bad.adds_up != refused
    for pair in ((good, bad), (bad, good)):
        assert (shift_share(*pair) is None) == refused
    assert LIMIT_PP == 0.3


def test_residuals_on_either_side_add_to_that_of_the_gap():
    assert shift_share(two(50, 6, 4, 5.2), two(50, 6, 4, 4.9)).residual_pp == pytest.approx(0.3)
    assert shift_share(two(50, 6, 4, 5.2), two(50, 6, 4, 4.8)) is None  # 0.4, though each side by itself would do


@pytest.mark.parametrize(
    ("weights", "growth", "words"),
    [
        ({"a": 50}, {"b": 5}, "give both for every sector"),
        ({}, {}, "give both"),
        ({"a": 50, "b": math.nan}, {"a": 5, "b": 5}, "finite"),
        ({"a": -1, "b": 50}, {"a": 5, "b": 5}, "0 or more"),
        ({"a": 70, "b": 50}, {"a": 5, "b": 5}, "the whole at most"),
    ],
)
def test_what_is_no_share_is_refused(weights, growth, words):
    with pytest.raises(ParameterError, match=words):
        contributions(weights, growth, 5)


def test_other_sectors_are_refused():
    with pytest.raises(ParameterError, match="compare the same ones"):
        shift_share(two(50, 6, 4), contributions({"a": 50, "c": 50}, {"a": 6, "c": 4}, 5))


# --- properties ---


@given(sides, sides, st.integers(-15, 15), st.integers(-15, 15))
def test_the_parts_and_the_residual_make_the_gap(here, there, off, other):
    a, b = (two(w, g, h, (w * g + (100 - w) * h) / 100 + o / 100) for (w, g, h), o in ((here, off), (there, other)))
    parts = shift_share(a, b)
    assert parts.structure_pp + parts.within_pp + parts.residual_pp == pytest.approx(parts.gap_pp, abs=1e-8)


@given(sides, sides)
def test_swapping_the_regions_turns_every_sign(here, there):
    one, other = shift_share(two(*here), two(*there)), shift_share(two(*there), two(*here))
    assert one.gap_pp == pytest.approx(-other.gap_pp)
    for column in ("structure_pp", "within_pp"):
        assert list(one.table[column]) == pytest.approx([-v for v in other.table[column]], abs=1e-9)


@given(sides, sides)
def test_the_order_of_the_sectors_does_not_matter(here, there):
    a, b = two(*here), two(*there)
    back = b.table.iloc[::-1]
    turned = contributions(back["weight_pct"].to_dict(), back["growth_pct"].to_dict(), b.total_pct)
    assert shift_share(a, b).structure_pp == pytest.approx(shift_share(a, turned).structure_pp, abs=1e-9)


@given(sides, sides, rates)
def test_a_constant_added_to_all_growth_leaves_the_difference_within_sectors(here, there, constant):
    a, b = two(*here), two(*there)
    (w, g, h), (v, i, j) = here, there
    moved = shift_share(two(w, g + constant, h + constant), two(v, i + constant, j + constant))
    assert moved.within_pp == pytest.approx(shift_share(a, b).within_pp, abs=1e-8)
    assert moved.gap_pp == pytest.approx(shift_share(a, b).gap_pp, abs=1e-8)
