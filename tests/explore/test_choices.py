"""What the menus offer: everything that has data, nothing that has none, and a way from any choice to one that can be shown."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanyang_data.errors import NoDataError
from hanyang_data.explore.choices import Choice, Shelf, asks_for, defaults, name_of, parameters_of, start
from hanyang_data.record.observations import default_dataset
from hanyang_data.studies.asked import check
from hanyang_data.studies.registry import ANALYSES, declared

SHELF = Shelf(default_dataset())
REGIONS, INDICATORS = list(SHELF.dataset.regions.index), list(SHELF.dataset.indicators.index)
DAYS = ["", "2018-12-31", "2021-06-30", "2024-05-01"]
choices = st.builds(
    Choice,
    analysis=st.sampled_from(list(ANALYSES)),
    region=st.sampled_from(REGIONS),
    comparator=st.sampled_from(REGIONS),
    indicator=st.sampled_from(INDICATORS),
    measure=st.sampled_from(["growth", "level"]),
    start_year=st.sampled_from(SHELF.years),
    end_year=st.sampled_from(SHELF.years),
    vintage=st.sampled_from(["first", "latest"]),
    as_of=st.sampled_from(DAYS),
    lang=st.sampled_from(["en", "zh"]),
)


def accepted(choice: Choice) -> bool:
    """Whether a batch run of the choice would start."""
    try:
        check({"formats": ["svg"], "data_dir": "", "out_dir": ""} | parameters_of(choice))
    except (NoDataError, ValueError):
        return False
    return True


def agrees(choice):
    """What is offered runs. How districts compare, or what became of targets, may be asked of a region that has none."""
    return SHELF.has(choice) == accepted(choice) or (choice.analysis in ("convergence", "target_shortfall") and accepted(choice))


@pytest.mark.parametrize("analysis", ANALYSES)
def test_what_is_offered_is_what_a_batch_run_accepts(analysis):
    """For every region and indicator of which anything is on record, in a window in which much is and much is not."""
    rows = SHELF.dataset.observations
    for region, indicator in sorted(set(zip(rows["region"], rows["indicator"], strict=True))):
        comparator = "wuhan" if region != "wuhan" else "hanyang"
        own = {"region": region, "indicator": indicator, "comparator": comparator}
        choice = replace(start("en", analysis), start_year=2019, end_year=2021, **own)
        assert agrees(choice), choice


@settings(max_examples=40)
@given(choices)
def test_a_batch_run_accepts_what_is_offered_in_any_window_and_on_any_day(choice):
    if choice.region != choice.comparator and choice.start_year <= choice.end_year:
        assert agrees(choice)


@settings(max_examples=40)
@given(choices)
def test_any_choice_settles_on_one_that_has_data(choice):
    settled = SHELF.settle(choice)
    assert SHELF.has(settled)
    assert accepted(settled)
    assert settled == SHELF.settle(settled)
    assert (settled.analysis, settled.lang, settled.vintage) == (choice.analysis, choice.lang, choice.vintage)
    if SHELF.has(choice):  # then nothing moves but the figure and the table, which had no name yet
        assert replace(settled, figure="", table="") == choice


@settings(max_examples=40)
@given(choices, st.data())
def test_every_value_of_every_menu_leads_to_a_choice_with_that_value(choice, data):
    settled = SHELF.settle(choice)
    name = data.draw(
        st.sampled_from(["analysis", "region", "comparator", "indicator", "measure", "start_year", "end_year", "as_of"])
    )
    if not asks_for(settled, name):
        return
    values = SHELF.values(name, settled)
    assert getattr(settled, name) in values
    value = data.draw(st.sampled_from(values))
    assert getattr(SHELF.settle(replace(settled, **{name: value})), name) == value


def test_hanyang_has_growth_of_gdp_and_no_consumer_prices():
    choice = SHELF.settle(start("en"))
    assert (choice.region, choice.indicator, choice.figure, choice.table) == (
        "hanyang", "gdp", "growth_and_level", "figures_on_record",
    )  # fmt: skip
    offered = SHELF.values("indicator", choice)
    assert "gdp" in offered
    assert "consumer_prices" not in offered
    assert SHELF.settle(replace(choice, region="wuhan", indicator="consumer_prices")).indicator == "consumer_prices"


def test_a_measure_follows_an_indicator_that_has_only_the_other():
    choice = SHELF.settle(start("en", "target_shortfall"))
    assert SHELF.settle(replace(choice, indicator="new_urban_employment")).measure == "level"


def test_only_what_has_a_target_is_offered_for_targets():
    """Targets are on record of five regions; Huangpi has three for growth in 2021 and none for a level."""
    choice = SHELF.settle(start("en", "target_shortfall"))
    assert set(SHELF.values("region", choice)) == {"hanyang", "wuhan", "wuchang", "huangpi", "wuhan_etdz"}
    huangpi = SHELF.settle(replace(choice, region="huangpi"))
    assert (SHELF.values("indicator", huangpi), SHELF.values("measure", huangpi)) == (
        ["gdp", "fixed_asset_investment", "budget_revenue"], ["growth"],
    )  # fmt: skip


def test_the_defaults_of_a_notebook_are_its_parameters():
    for analysis in ANALYSES:
        known = defaults(analysis)
        values = parameters_of(start("en", analysis))
        assert {n: v for n, v in values.items() if n != "regions"} == {
            n: default for n, default in known.items() if n in values and n != "regions"
        }


def test_regions_beside_the_region_are_other_regions():
    choice = replace(start("en", "target_shortfall"), start_year=2021, region="wuchang")
    values = parameters_of(choice)
    assert values["regions"] == ["wuhan"]


def test_files_are_named_after_what_differs_from_the_defaults():
    assert name_of(start("zh")) == "trend"
    choice = replace(start("en", "growth_gap"), region="wuchang", start_year=2019, as_of="2021-06-30")
    assert name_of(choice) == "growth_gap_wuchang_20210630_2019_2024"


def test_every_figure_and_table_has_a_name_in_both_languages():
    for analysis in ANALYSES:
        assert all(part.label.en and part.label.zh for part in declared(analysis).parts.values())


def test_every_analysis_can_be_reached_from_everywhere():
    """Consumer prices are known of the city, which no gap can be computed from: the indicator follows the analysis."""
    choice = SHELF.settle(replace(start("en"), region="wuhan", indicator="consumer_prices"))
    assert SHELF.values("analysis", choice) == list(ANALYSES)
    assert SHELF.settle(replace(choice, analysis="growth_gap")).analysis == "growth_gap"
