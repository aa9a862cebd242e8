"""Between the series and the analyses: stretches between breaks, comparable pairs, and what was printed without a number."""

import pytest

import hanyang_data as hd
from hanyang_data import findings, studies
from hanyang_data.scope import Scope

INDICATORS = ["gdp", "budget_revenue", "disposable_income"]


def scope(indicator="gdp", **options):
    return Scope("hanyang", indicator, 2017, 2024, comparator="wuhan", **options)


def test_the_gap_is_cut_where_either_side_breaks():
    results = studies.gap_by_segment(scope())
    assert list(results) == ["2017–2018", "2019–2024"]
    assert results["2017–2018"].yearly["gap_pp"].dropna().to_dict() == {2017: -1.0}
    assert studies.yearly_gaps(results)["gap_pp"].dropna().to_dict() == {2017: -1.0, 2020: -3.3, 2023: 0.3}
    assert "2017–2018: Only 1 comparable observation" in studies.gap_verdict(results).en


def test_sides_of_different_vintages_are_named_in_the_figure():
    from hanyang_data import figures

    s = scope()
    yearly = studies.yearly_gaps(studies.gap_by_segment(s))
    note = figures.gap.by_year(s, s.outturns(), s.outturns(region="wuhan"), yearly).caption.note
    assert "The two sides are of different vintages in 2017, 2020, 2023." in note


def test_sides_on_different_bases_are_no_pair():
    pairs = studies.gaps_in_year(scope(), INDICATORS, 2023)
    assert pairs.loc["gdp", "gap_pp"] == 0.3
    assert pairs.loc[["budget_revenue", "disposable_income"], "gap_pp"].isna().all()
    assert pairs.loc["disposable_income", "city_qualifier"] == "in_step_with_gdp"


def test_no_pair_at_all_is_said_and_not_counted_as_none_of_none():
    pairs = studies.gaps_in_year(scope(), ["disposable_income"], 2023)
    assert findings.pairs(scope(), 2023, pairs).en == "2023: no indicator with comparable growth of Hanyang and Wuhan"
    empty = {"gdp": studies.shortfall_of(scope(), "growth", "gdp")}
    assert findings.shortfall_in_year(scope(), 2019, empty).en == "Hanyang 2019: no target can be judged"


def test_an_about_is_said_in_the_title_of_the_gap():
    s = Scope("hanyang", "gdp", 2023, 2024, comparator="wuhan", vintage="first")
    gaps = studies.yearly_gaps(studies.gap_by_segment(s))["gap_pp"].dropna()
    about = studies.about_years(s.outturns(), s.outturns(region="wuhan"))
    assert findings.gap(s, gaps, about).en == 'GDP growth in 2023: Hanyang level with Wuhan (printed as "about")'
    assert findings.gap(s, gaps).en == "GDP growth in 2023: Hanyang level with Wuhan"


def test_trends_stop_at_breaks():
    level = studies.trend_by_segment(scope().outturns("level"), "level")
    assert {years: result.values for years, result in level.items()} == {
        "2017": (948.0,),
        "2020–2023": (699.0, 790.0, 860.0),
    }


def test_a_bound_is_not_called_missing():
    study = studies.shortfall_of(scope(), "level")
    assert study.against_original.not_evaluable[2018].en == "the outturn is a bound or a wording"
    assert study.against_revised.table.loc[2020, "error_pct"] == pytest.approx(100 * (699 - 775) / 775)
    income = studies.shortfall_of(scope("disposable_income"))
    assert income.against_original.not_evaluable[2023].en == "measured by GDP growth, not by a number"


def test_words_of_a_target_tell_none_set_from_not_on_record():
    revised = hd.targets("disposable_income", vintage="revised")
    assert studies.words_of(revised, 2020).en == "none set"
    assert studies.words_of(revised, 2021) is None
    assert studies.words_of(hd.targets("gdp"), 2020).zh == "7%左右"


def test_the_focus_year_is_the_latest_with_the_most_pairs():
    s = scope()
    assert studies.focus_year(s, 0, [2020, 2023, 2020, 2023, 2017]) == 2023
    assert studies.focus_year(s, 2018, [2023]) == 2018
    assert studies.focus_year(s, 0, []) == 2024
