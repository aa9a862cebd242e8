"""What holds of every record of targets and outturns, whatever its numbers."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from targets_met import OUTTURNS, READINGS, TARGETS

from hanyang_data.record.targets import Target, parse
from hanyang_data.statistics import shortfall

rates = st.integers(-100, 200).map(lambda k: k / 10)
wordings = st.sampled_from(["6%", "6%左右", "6%以上", "超过6%", "6%—6.5%", "6%以内", "正增长", "无"])
records = st.lists(st.tuples(rates, wordings), min_size=1, max_size=9)


def laid_out(rows):
    years = range(2016, 2016 + len(rows))
    return {y: r for y, (r, _) in zip(years, rows, strict=True)}, {y: parse(w) for y, (_, w) in zip(years, rows, strict=True)}


@given(records)
@settings(max_examples=40)
def test_readings_only_ever_add_hits(rows):
    result = shortfall.analyse(*laid_out(rows))
    assert 0 <= result.hits.strict <= result.hits.about_025 <= result.hits.about_050 <= result.n
    assert result.n + len(result.not_evaluable) == len(rows)


@given(records)
@settings(max_examples=40)
def test_order_of_rows_does_not_matter(rows):
    outturns, targets = laid_out(rows)
    turned = [dict(reversed(side.items())) for side in (outturns, targets)]
    here, there = shortfall.analyse(outturns, targets), shortfall.analyse(pd.Series(turned[0]), pd.Series(turned[1]))
    pd.testing.assert_frame_equal(here.table, there.table)
    assert here.not_evaluable == there.not_evaluable


@given(records)
@settings(max_examples=40)
def test_strictly_met_is_a_matter_of_the_sign_of_the_error(rows):
    table = shortfall.analyse(*laid_out(rows)).table.dropna(subset=["error_pp"])
    for _, row in table.iterrows():
        enough = row["error_pp"] > 0 if row["qualifier"] == "over" else row["error_pp"] >= 0
        assert (row["verdict_strict"] == "met") == enough


@given(st.lists(rates, min_size=6, max_size=9), st.integers(0, 100).map(lambda k: k / 10))
@settings(max_examples=40)
def test_mean_error_is_that_of_the_paired_test(outturns, aim):
    years = range(2016, 2016 + len(outturns))
    result = shortfall.analyse(dict(zip(years, outturns, strict=True)), dict.fromkeys(years, Target(aim, aim, "point")))
    assert result.mean_error.value == pytest.approx(sum(outturns) / len(outturns) - aim, abs=1e-9)
    if len(set(outturns)) > 1:
        low, high = stats.ttest_1samp([x - aim for x in outturns], 0).confidence_interval(0.95)
        assert (result.mean_error.low, result.mean_error.high) == pytest.approx((low, high), abs=1e-9)


@pytest.mark.parametrize("dropped", sorted(set(OUTTURNS) - {2020}))
def test_dropping_a_year_changes_the_count_by_its_verdict_alone(dropped):
    whole = shortfall.analyse(OUTTURNS, TARGETS)
    left = {year: value for year, value in OUTTURNS.items() if year != dropped}
    part = shortfall.analyse(left, {year: target for year, target in TARGETS.items() if year != dropped})
    met = whole.table.loc[dropped, "verdict_strict"] == "met"
    assert (part.n, part.hits.strict) == (12, whole.hits.strict - met)
    kept = whole.table.drop(dropped)
    pd.testing.assert_frame_equal(part.table, kept)


@given(st.lists(rates, min_size=1, max_size=8), rates, st.integers(-50, 50).map(lambda k: k / 10))
@settings(max_examples=40)
def test_adding_a_constant_to_both_sides_changes_no_error_and_no_verdict(outturns, aim, shift):
    years = range(2016, 2016 + len(outturns))
    here, moved = (
        shortfall.analyse(
            {year: value + by for year, value in zip(years, outturns, strict=True)},
            dict.fromkeys(years, Target(round(aim + by, 6), round(aim + by, 6), "about")),
        ).table
        for by in (0, shift)
    )
    pd.testing.assert_frame_equal(here[["error_pp", *READINGS]], moved[["error_pp", *READINGS]])
