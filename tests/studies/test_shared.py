"""What studies of other indicators and languages, and runs forked later, find already there."""

from dataclasses import replace

from hanyang_data.studies.growth_gap.evidence import gap_by_segment, gaps_between, shares
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall.evidence import shortfall_of

SCOPE = Scope("hanyang", "gdp", 2017, 2024, comparator="wuhan")


def test_the_same_question_of_the_same_record_is_answered_once_in_any_language_and_from_any_indicator():
    own = shortfall_of(SCOPE)
    assert shortfall_of(replace(SCOPE, indicator="retail_sales", lang="zh"), "gdp") is own
    assert shortfall_of(SCOPE, measure="growth") is own
    assert own.label.zh == "地区生产总值"
    assert gaps_between(SCOPE, "gdp", region="wuchang") is gaps_between(replace(SCOPE, lang="zh"), region="wuchang")


def test_another_day_window_region_or_measure_is_another_question():
    own = shortfall_of(SCOPE)
    others = [replace(SCOPE, as_of="2021-06-30"), replace(SCOPE, end_year=2020), replace(SCOPE, region="wuchang")]
    assert all(shortfall_of(other) is not own for other in others)
    assert len(shortfall_of(others[0]).outturns) < len(own.outturns)
    assert shortfall_of(SCOPE, measure="level").outturns.attrs["measure"] == "level"


def test_with_a_frame_among_what_is_asked_nothing_is_kept():
    share = shares(SCOPE)
    assert gap_by_segment(SCOPE, share=share) is not gap_by_segment(SCOPE, share=share)
