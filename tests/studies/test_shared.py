"""What studies of other indicators and languages, and runs forked later, find already there; and what their caller may change."""

from dataclasses import replace

import pandas as pd
import pytest

import hanyang_data as hd
from hanyang_data.errors import ParameterError
from hanyang_data.studies.growth_gap.evidence import gap_by_segment, gaps_between, shares
from hanyang_data.studies.registry import ANALYSES
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


def test_of_a_day_to_come_nobody_can_say_what_is_known(monkeypatch):
    """A slip of a digit would be printed as "as known on"; days that texts on record allow are good whatever the clock says."""
    with pytest.raises(ParameterError, match="^as_of is '2062-06-30', a day to come: leave it empty for all that is known$"):
        replace(SCOPE, as_of="2062-06-30")
    monkeypatch.setattr("hanyang_data.record.vintages.latest_day", lambda: "2020-06-30")
    newest = SCOPE.dataset.sources["known_from"].max()
    assert replace(SCOPE, as_of=f"{newest:%Y-%m-%d}").as_of > "2026"


def test_with_a_frame_among_what_is_asked_nothing_is_kept():
    share = shares(SCOPE)
    assert gap_by_segment(SCOPE, share=share) is not gap_by_segment(SCOPE, share=share)


def told(study):
    public = {name: getattr(study, name) for name in dir(study) if not name.startswith("_")}
    frames = {name: of for name, of in public.items() if isinstance(of, pd.DataFrame)}
    return study.answer(), frames | {f"table {name}": study.table(name) for name in study.tables}


@pytest.mark.parametrize("name", ANALYSES)
def test_what_one_does_to_a_frame_changes_no_study(name):
    said, frames = told(getattr(hd, name)())
    spoiled = getattr(hd, name)()
    for mine in [getattr(spoiled, frame) for frame in frames if hasattr(spoiled, frame)]:
        mine[mine.select_dtypes("number").columns] = 0
        mine.columns = [f"{column}!" for column in mine]
        mine.index = mine.index[::-1]
    for study in (spoiled, getattr(hd, name)()):
        answer, found = told(study)
        assert answer == said
        for frame, before in frames.items():
            pd.testing.assert_frame_equal(found[frame], before)


def test_a_verdict_that_somebody_tries_out_is_in_no_other_study():
    mine = hd.target_shortfall("gdp", "hanyang").by_year
    mine.loc[2023, ["outturn", "error_pp", "verdict_strict"]] = [6.5, 0.0, "met"]
    assert "3 of its 5 " in hd.target_shortfall("retail_sales", "hanyang").answer().finding
