"""The mean gap and its test: what an answer says of them, and that it agrees with itself."""

import math

import pandas as pd
import pytest

import hanyang_data as hd
from hanyang_data.statistics.interval import between
from hanyang_data.studies.growth_gap import intervals
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
