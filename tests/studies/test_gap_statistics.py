"""The mean gap, its test and the title of several indicators: what an answer says of them, and that it agrees with itself."""

import math

import pandas as pd
import pytest

import hanyang_data as hd
from hanyang_data.statistics.interval import between
from hanyang_data.studies.growth_gap import findings, intervals
from hanyang_data.studies.scope import Scope
from hanyang_data.words.wording import NO_WORDS


def gap_of(gaps, base=6.0, **options):
    """A study of a district of a demonstration city that grew by so much more than the city in each year from 2017 on."""
    years = list(range(2017, 2017 + len(gaps)))
    table = {"年份": years * 2, "地区": ["示例市"] * len(gaps) + ["示例区"] * len(gaps)}
    table["GDP增速（%）"] = [base] * len(gaps) + [round(base + gap, 1) for gap in gaps]
    names = {"regions": {"示例市": "democity", "示例区": "demo"}, "part_of": {"示例区": "示例市"}}
    own = hd.dataset_from_frame(pd.DataFrame(table), **names)
    return hd.growth_gap("gdp", "demo", "democity", indicators=["gdp"], dataset=own, **options)


@pytest.mark.parametrize(
    ("gaps", "english", "chinese"),
    [
        (
            [1.5, -0.5, 2, -1, 0.8, 0.3, -0.2, 1.1],  # a mean that is open is told as a found one is, before what adds up
            "The mean gap, +0.5 pp, cannot be told from zero (p = 0.219, n = 8); 0.5 pp or more is not ruled out. From 2016",
            "平均差距+0.5个百分点，与零无显著差别（p = 0.219，n=8），但不排除达到0.5个百分点。以2016年",
        ),
        (
            [0.5, 0.6, 0.4, 0.5, 0.6, -0.2],  # beside a t interval from 0.1 to 0.7, which would contradict it
            "The mean gap, +0.4 pp, cannot be told from zero (p = 0.063, n = 6)",
            "平均差距+0.4个百分点，与零无显著差别（p = 0.063，n=6）",
        ),
        (
            [0.2, 0.2, 0.2, 0.2, 0.2, 9.0],  # one year makes the interval; the p that finds it is said
            "The mean gap is +1.7 pp (95%: −2.1 to +5.4, p = 0.031, n = 6).",
            "平均差距+1.7个百分点（95%置信区间−2.1至+5.4，p = 0.031，n=6）。",
        ),
        ([0.1] * 8, "The mean gap, +0.1 pp, is within rounding (n = 8).", "平均差距+0.1个百分点，在四舍五入误差范围内（n=8）。"),
        ([0.1] * 7 + [0], "The mean gap, +0.1 pp, is within rounding (n = 8).", "在四舍五入误差范围内（n=8）。"),
    ],
)
def test_the_sentence_on_the_mean_agrees_with_itself_and_is_not_left_out(gaps, english, chinese):
    study = gap_of(gaps)
    assert english in str(study.answer())
    assert chinese in str(study.answer("zh")).replace("\n", "")


def test_an_interval_with_one_end_says_on_which_side_of_it_the_gap_lies():
    told = {"year": 2022, "kind": "estimate", "level": 5 / 6, "how": NO_WORDS, "sources": ()}
    found = intervals.GapInterval(interval=between(3.2, math.inf), **told)
    said = intervals.sentence(Scope("wuchang", "gdp", 2017, 2024, comparator="wuhan"), [found])
    assert "Wuchang over 3.2 pp higher (nominal coverage 83%)" in said.en
    assert "2022年武昌区高3.2个百分点以上" in said.zh


def test_what_the_mean_gap_rests_on_stands_in_a_table():
    """By hand: a mean of 0.7 with its t interval, its range with one year left out, and the share of 64 patterns of signs."""
    gaps = pd.Series([1, 1.5, 1, 1, -0.5, 0.2])
    found = gap_of(gaps.tolist()).statistics.set_index("statistic")
    mean = found.loc["mean, t interval"]
    reach = 2.570582 * gaps.std() / math.sqrt(6)
    assert mean[["value", "low", "high"]].tolist() == pytest.approx([0.7, 0.7 - reach, 0.7 + reach], abs=1e-6)
    ends = [found.loc[f"mean, {end} with one year left out", "value"] for end in ("lowest", "highest")]
    assert ends == pytest.approx([(gaps.sum() - 1.5) / 5, (gaps.sum() + 0.5) / 5])
    assert found.loc["sign-flip test of the mean, exact", "p_value"] == pytest.approx(6 / 64)
    assert gap_of([1, 2, 3, 4]).statistics.empty
    table = gap_of(gaps.tolist(), lang="zh").table("statistics")
    assert table["统计量"].tolist()[1:3] == ["逐年剔除一年后的最低均值", "逐年剔除一年后的最高均值"]
    assert table["单位"].unique().tolist() == ["百分点"]


def test_the_share_of_targets_met_has_its_interval():
    """One of six: 0.4% to 64% (Clopper and Pearson)."""
    found = hd.target_shortfall("gdp", "wuhan").statistics.set_index(["vintage", "statistic"])
    met = found.loc[("original", "share, Clopper–Pearson interval")]
    assert met[["value", "low", "high"]].round(1).tolist() == [16.7, 0.4, 64.1]
    assert (met["unit"], met["n"]) == ("percent", 6)
    assert found.loc[("original", "mean, t interval"), "n"] == 5  # of one year the error is a bound


@pytest.mark.parametrize(
    ("gaps", "title"),
    [
        ([0.0, 0.1], "In 2023 Hanyang grew about as fast as Wuhan on both indicators compared"),
        ([0.2, 0.1], "In 2023 Hanyang grew faster than Wuhan on 1 of 2 indicators"),
        ([0.2, 1.0], "In 2023 Hanyang grew faster than Wuhan on both indicators compared"),
        ([-0.2], "On the one indicator compared in 2023, GDP, Hanyang grew more slowly than Wuhan"),
    ],
)
def test_the_title_of_several_indicators(gaps, title):
    table = pd.DataFrame({"gap_pp": gaps}, ["gdp", "retail_sales"][: len(gaps)]).assign(
        within_rounding=lambda t: t["gap_pp"].abs() <= 0.1
    )
    assert findings.pairs(Scope("hanyang", "gdp", 2017, 2024, comparator="wuhan"), 2023, table).en == title
