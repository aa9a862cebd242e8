"""Target shortfall: errors by type, three readings, what cannot be judged, plan arithmetic."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from hanyang_data.errors import ParameterError
from hanyang_data.record.targets import Target, parse
from hanyang_data.statistics import shortfall

NAN = math.nan
READINGS = ["verdict_strict", "verdict_about_025", "verdict_about_050"]
# national growth targets and first published outturns, 2012-2025 (METHODS 0 and S4)
NATION = {
    2012: ("7.5%", 7.8), 2013: ("7.5%左右", 7.7), 2014: ("7.5%左右", 7.4), 2015: ("7%左右", 6.9),
    2016: ("6.5%—7%", 6.7), 2017: ("6.5%左右", 6.9), 2018: ("6.5%左右", 6.6), 2019: ("6%—6.5%", 6.1),
    2020: ("无", 2.3), 2021: ("6%以上", 8.1), 2022: ("5.5%左右", 3.0), 2023: ("5%左右", 5.2),
    2024: ("5%左右", 5.0), 2025: ("5%左右", 5.0),
}  # fmt: skip
OUTTURNS = {year: outturn for year, (_, outturn) in NATION.items()}
TARGETS = {year: parse(wording) for year, (wording, _) in NATION.items()}


def one(outturn, wording, **changes):
    target = parse(wording)
    target = Target(target.low, target.high, target.qualifier, unit=target.unit, ceiling=changes.get("ceiling", target.ceiling))
    return shortfall.analyse({2021: outturn}, {2021: target}).table.loc[2021]


# --- errors and verdicts by type (METHODS S1) ---


@pytest.mark.parametrize(
    ("outturn", "wording", "error", "verdicts"),
    [
        (6.5, "6.5%", 0.0, ["met"] * 3),
        (6.4, "6.5%", -0.1, ["missed"] * 3),  # a point has no tolerance
        (6.0, "6%以上", 0.0, ["met"] * 3),  # 以上 includes its number
        (5.9, "6%以上", -0.1, ["missed"] * 3),
        (6.0, "超过6%", 0.0, ["missed"] * 3),  # 超过 does not
        (6.1, "超过6%", 0.1, ["met"] * 3),
        (7.0, "7%左右", 0.0, ["met"] * 3),
        (6.9, "7%左右", -0.1, ["missed", "about_met", "about_met"]),
        (6.75, "7%左右", -0.25, ["missed", "about_met", "about_met"]),  # the band includes its end
        (6.7, "7%左右", -0.3, ["missed", "missed", "about_met"]),
        (6.5, "7%左右", -0.5, ["missed", "missed", "about_met"]),
        (6.4, "7%左右", -0.6, ["missed"] * 3),
        (8.4, "7%左右", 1.4, ["met"] * 3),
        (6.1, "6%—6.5%", 0.0, ["met"] * 3),
        (6.0, "6%—6.5%", 0.0, ["met"] * 3),
        (6.8, "6%—6.5%", 0.3, ["met"] * 3),
        (5.8, "6%—6.5%", -0.2, ["missed"] * 3),
        (5.0, "控制在5%以内", 0.0, ["met"] * 3),
        (5.1, "5%以内", -0.1, ["missed"] * 3),
        (4.8, "5%以内", 0.2, ["met"] * 3),
        (5.6, "控制在5.5%左右", -0.1, ["missed", "about_met", "about_met"]),
        (2.1, "控制在3%左右", 0.9, ["met"] * 3),
    ],
)  # fmt: skip
def test_error_and_verdict_of_rates(outturn, wording, error, verdicts):
    row = one(outturn, wording)
    assert row["error_pp"] == error
    assert math.isnan(row["error_pct"])
    assert row[READINGS].tolist() == verdicts


@pytest.mark.parametrize(("outturn", "error", "verdict"), [(5.0, 0.0, "met"), (5.6, -0.1, "missed"), (4.4, 0.6, "met")])
def test_a_ceiling_of_a_range_is_better_below(outturn, error, verdict):
    row = one(outturn, "5%—5.5%", ceiling=True)
    assert (row["error_pp"], row["verdict_strict"]) == (error, verdict)


@pytest.mark.parametrize(("outturn", "verdict"), [(0.1, "met"), (0.0, "missed"), (-1.6, "missed")])
def test_positive_growth_is_judged_without_an_error(outturn, verdict):
    row = one(outturn, "正增长")
    assert math.isnan(row["error_pp"])
    assert row[READINGS].tolist() == [verdict] * 3


@pytest.mark.parametrize(
    ("outturn", "wording", "error", "verdict"),
    [
        (775, "700亿元", 100 * 75 / 700, "met"),
        (1000, "突破千亿元", 0, "missed"),
        (1.7, "1.9万人", -100 * 0.2 / 1.9, "missed"),
        (690, "700-750亿元", -100 * 10 / 700, "missed"),
        (765, "700-750亿元", 2, "met"),
    ],
)
def test_errors_of_levels_are_percent_of_the_target(outturn, wording, error, verdict):
    row = one(outturn, wording)
    assert row["error_pct"] == pytest.approx(error)
    assert math.isnan(row["error_pp"])
    assert row["verdict_strict"] == verdict


def test_tolerance_of_levels_is_percent_of_the_target():
    assert one(698, "700亿元左右")[READINGS].tolist() == ["missed", "missed", "about_met"]


@pytest.mark.parametrize(("outturn", "wording"), [(7.4 + 0.1, "7.5%"), (0.1 + 0.2, "0.3%"), (1.1 * 3, "3.3%")])
def test_float_noise_invents_no_miss_and_no_hit(outturn, wording):
    assert one(outturn, wording)["error_pp"] == 0
    assert one(outturn, wording)["verdict_strict"] == "met"
    assert one(outturn, "超过" + wording)["verdict_strict"] == "missed"


# --- what cannot be judged ---


def test_table_is_the_union_of_years_and_every_gap_has_its_reason():
    targets = {2019: parse("6%"), 2020: parse("无"), 2021: parse("与经济增长同步"), 2022: None, 2023: parse("5%")}
    result = shortfall.analyse({2018: 7.0, 2020: 2.3, 2021: 8.1, 2023: 5.2, 2024: NAN}, targets)
    assert list(result.table.index) == [2018, 2019, 2020, 2021, 2023, 2024]
    assert {year: reason.en for year, reason in result.not_evaluable.items()} == {
        2018: "no target in the record",
        2019: "no outturn in the record",
        2020: "wording without a number",
        2021: "measured by GDP growth, not by a number",
        2024: "neither target nor outturn in the record",
    }
    assert (result.n, result.hits) == (1, (1, 1, 1))
    assert (result.table.drop(2023)[READINGS] == "not_evaluable").all(axis=None)
    assert result.not_evaluable[2018].zh == "资料中没有目标"


def test_nothing_at_all():
    result = shortfall.analyse({}, {})
    assert result.table.empty
    assert list(result.table.columns) == [
        "outturn", "target_low", "target_high", "qualifier", "error_pp", "error_pct", "attainment_pct", *READINGS,
    ]  # fmt: skip
    assert result.n == 0


@pytest.mark.parametrize(
    ("outturns", "targets", "words"),
    [
        ({2020: 5.0}, {2020: 5.0}, "make it a Target"),
        ({2020: 5.0}, [parse("5%")], "mapping"),
        ({2020: 5.0}, {"2020": parse("5%")}, "whole numbers"),
        ({2020: 5.0}, pd.Series([parse("5%")] * 2, index=[2020, 2020]), "2020 stands twice"),
        ({2020: 5.0}, {2020: parse("5%"), 2021: parse("700亿元")}, r"CNY_100M \(2021\) and percent \(2020\)"),
        ({2020: 5.0}, {2020: Target(0, 0, "point", unit="count")}, "above 0"),
    ],
)
def test_refuses(outturns, targets, words):
    with pytest.raises(ParameterError, match=words):
        shortfall.analyse(outturns, targets)


def test_targets_without_a_number_have_no_unit_to_mix():
    assert shortfall.analyse({2020: 650, 2021: 660}, {2020: parse("无"), 2021: parse("650亿元")}).n == 1


# --- hits, rate and mean: the national series ---


def test_national_hits_of_methods_0():
    """METHODS 0, decision 6: met in 8, 10 or 12 of 13 evaluable years, depending only on the rule."""
    result = shortfall.analyse(OUTTURNS, TARGETS)
    assert result.n == 13
    assert result.hits == (10, 12, 12)
    assert list(result.not_evaluable) == [2020]
    midpoints = TARGETS | {2016: parse("6.75%"), 2019: parse("6.25%")}
    assert shortfall.analyse(OUTTURNS, midpoints).hits.strict == 8


def test_national_mean_error_of_methods_s4():
    """METHODS S4: with range midpoints the mean of 2012-25 is +0.03, -0.55 to 0.61."""
    midpoints = TARGETS | {2016: parse("6.75%"), 2019: parse("6.25%")}
    mean = shortfall.analyse(OUTTURNS, midpoints).mean_error
    assert (mean.value, mean.low, mean.high) == pytest.approx((0.03, -0.55, 0.61), abs=0.005)
    assert mean.n == 13


def test_hit_rate_is_clopper_pearson_of_the_strict_hits():
    """METHODS S3: 6 of 8 is 35% to 97%."""
    outturns = dict.fromkeys(range(2017, 2023), 7.0) | {2023: 5.9, 2024: 5.8}
    result = shortfall.analyse(outturns, dict.fromkeys(range(2017, 2025), parse("6%")))
    assert result.hits.strict == 6
    assert result.hit_rate.value == 0.75
    assert (result.hit_rate.low, result.hit_rate.high) == pytest.approx((0.35, 0.97), abs=0.005)
    assert [year for year, found in result.judged.items() if found == "missed"] == [2023, 2024]


@pytest.mark.parametrize("n", range(9))
def test_ladder(n):
    years = range(2017, 2017 + n)
    outturns = dict(zip(years, [7.0, 6.1, 5.8, 6.6, 6.0, 5.9, 7.2, 6.3], strict=False))
    result = shortfall.analyse(outturns, {year: parse("6%左右") for year in years})
    assert result.n == n
    assert (result.hit_rate is not None) == (result.mean_error is not None) == (n >= 5)
    assert (result.test is not None) == (n >= 6)


def test_the_error_of_a_year_in_words():
    result = shortfall.analyse(
        {2020: -8.0, 2021: 10.4, 2022: 1.0}, {2020: parse("7%左右"), 2021: parse("10%"), 2022: parse("正增长")}
    )
    assert result.judged == {2020: "missed", 2021: "met", 2022: "met"}
    assert [result.size(year).en for year in result.judged] == ["−15.0 pp", "+0.4 pp", ""]
    assert result.size(2020).zh == "−15.0个百分点"


def test_mean_error_needs_five_errors_even_where_five_years_are_judged():
    targets = {year: parse("6%") for year in range(2017, 2021)} | {2021: parse("正增长")}
    result = shortfall.analyse(dict.fromkeys(range(2017, 2022), 6.5), targets)
    assert result.hit_rate.n == 5
    assert result.mean_error is None


def test_tolerances_count_where_a_target_says_about():
    assert shortfall.analyse(OUTTURNS, TARGETS).hits[1:] == (12, 12)
    plain = shortfall.analyse(dict.fromkeys(range(2017, 2022), 6.4), dict.fromkeys(range(2017, 2022), parse("6.5%")))
    assert plain.hits == (0, 0, 0)


# --- properties ---

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


def test_years_that_cannot_be_judged_are_not_counted_as_observations():
    targets = {2018: parse("7.2%"), 2020: parse("7%左右"), 2021: parse("10%"), 2023: parse("6.5%")}
    result = shortfall.analyse({2017: 7.0, 2020: -8.0, 2023: 6.0}, targets)
    assert (result.n, list(result.judged), list(result.not_evaluable)) == (2, [2020, 2023], [2017, 2018, 2021])


# --- at the boundary, and what the table adds ---


@pytest.mark.parametrize(
    ("outturn", "wording", "verdict"),
    [
        (4.7 + 0.3, "5.0%", "met"),
        (4.9 + 0.1, "5%左右", "met"),
        (1.1 + 2.2, "3.3%以内", "met"),  # the float is 3.3000000000000003
        (1.1 + 2.2, "超过3.3%", "missed"),
        (3.30001, "3.3%以内", "missed"),
        (0.1 * 3, "0.3%以上", "met"),
        (4.35 * 100, "435亿元", "met"),  # 434.99999999999994
        (1100.0, "突破1100亿元", "missed"),
        (1100.01, "突破1100亿元", "met"),
        (29.26 + 0.74, "30万人以内", "met"),
        (5.55 * 2, "11.1%左右", "met"),
    ],
)
def test_decimals_decide_at_the_boundary(outturn, wording, verdict):
    assert one(outturn, wording)["verdict_strict"] == verdict


@pytest.mark.parametrize(
    ("outturn", "aim", "found"), [(6.75 - 1e-9, 7, "about_met"), (6.7499, 7, "missed"), (2.05 - 0.25, 2.05, "about_met")]
)
def test_the_band_of_about_ends_on_its_decimal(outturn, aim, found):
    assert one(outturn, f"{aim}%左右")["verdict_about_025"] == found


@pytest.mark.parametrize(
    ("outturn", "wording", "attained"),
    [(1.7, "1.8万人", 94.4), (775, "700-750亿元", 110.7), (1000, "突破千亿元", 100.0), (3.0, "5.5%", NAN), (5, "无", NAN)],
)
def test_attainment_is_a_matter_of_levels(outturn, wording, attained):
    """METHODS S2: levels by ratio, never growth rates by theirs."""
    assert one(outturn, wording)["attainment_pct"] == pytest.approx(attained, abs=0.05, nan_ok=True)


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


# 95% limits of R's binom.test for k of 10, as printed in R's output and carried by public test suites
CLOPPER_PEARSON = {
    0: (0.0, 0.3084971), 1: (0.002528579, 0.4450161), 2: (0.025210726, 0.5560955), 3: (0.066739511, 0.6524529),
    4: (0.121552258, 0.7376219), 5: (0.187086028, 0.8129140), 6: (0.262378077, 0.8784477), 7: (0.347547150, 0.9332605),
    8: (0.443904538, 0.9747893), 9: (0.554983883, 0.9974714), 10: (0.691502892, 1.0),
}  # fmt: skip


@pytest.mark.parametrize("k", CLOPPER_PEARSON)
def test_hit_rates_of_ten_years_have_the_limits_of_r(k):
    years = range(2015, 2025)
    outturns = {year: 7.0 if rank < k else 5.0 for rank, year in enumerate(years)}
    rate = shortfall.analyse(outturns, dict.fromkeys(years, parse("6%"))).hit_rate
    assert (rate.low, rate.high) == pytest.approx(CLOPPER_PEARSON[k], abs=1e-7)


@pytest.mark.parametrize("n", [5, 6, 7, 8, 10])
def test_all_met_has_the_closed_form_of_clopper_and_pearson(n):
    """n of n: from (alpha/2)^(1/n), as the documentation of R's GenBinomApps gives it, to 1."""
    years = range(2000, 2000 + n)
    rate = shortfall.analyse(dict.fromkeys(years, 7.0), dict.fromkeys(years, parse("6%"))).hit_rate
    assert (rate.low, rate.high) == pytest.approx((0.025 ** (1 / n), 1.0))
