"""Between the series and the analyses: stretches between breaks, comparable pairs, and what was printed without a number."""

import pytest

import hanyang_data as hd
from hanyang_data.studies.growth_gap import evidence as yearly_of
from hanyang_data.studies.growth_gap import findings as gap_titles
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall import evidence as judged
from hanyang_data.studies.target_shortfall import findings as target_titles
from hanyang_data.studies.trend import findings as trends

INDICATORS = ["gdp", "budget_revenue", "disposable_income"]


def scope(indicator="gdp", **options):
    return Scope("hanyang", indicator, 2017, 2024, comparator="wuhan", **options)


def test_an_answer_says_of_averages_and_tests_what_the_table_of_statistics_holds():
    short, gapped = hd.trend("gdp", "wuchang"), hd.trend("industrial_value_added", "wuhan")
    told = "Over the comparable years 2020–2023 growth averaged 4.9% a year; below five no trend is tested."
    assert told in str(short.answer())
    assert "可比的2020—2023年年均增速为4.9%；不足5年，不检验趋势。" in str(short.answer("zh"))
    assert short.statistics.loc[0, ["segment", "n"]].tolist() == ["2020–2023", 4]
    assert "no average is taken; whether growth slows cannot be told (n = 5)." in str(gapped.answer())
    assert "Mann–Kendall, exact" in set(gapped.statistics["statistic"])


def test_the_gap_is_cut_where_either_side_breaks():
    results = yearly_of.gap_by_segment(scope())
    assert list(results) == ["2018", "2019–2024"]
    assert yearly_of.by_year(scope())["gap_pp"].dropna().to_dict() == {2020: -3.3, 2023: 0.0}
    assert results["2019–2024"].yearly.loc[2023, "within_rounding"]


def test_an_estimate_is_set_against_an_estimate_and_a_measured_figure_against_a_measured_one():
    """Hanyang printed estimates only; Wuhan's of 2020 (−4.7) and 2023 (about 6.0) are on record, that of 2017 is not."""
    district, city = scope().pair()
    assert yearly_of.unlike_years(district, city) == {"basis": [], "vintage": [2017]}
    assert city.loc[[2020, 2023], "vintage"].tolist() == ["initial_estimate"] * 2
    assert city.loc[[2017, 2022], "vintage"].tolist() == ["preliminary"] * 2
    for side in yearly_of.comparable_pairs(district, city):
        assert 2017 not in side.index


def test_years_that_are_shown_and_not_compared_are_named_in_the_figure():
    from hanyang_data.studies.growth_gap import figure as figure_gap

    s = scope()
    chart = figure_gap.by_year(s, s.pair())
    assert "Shown and not compared, one side being an estimate and the other measured: 2017." in chart.caption.said
    assert "2017 7% and 8%" not in chart.caption.alt  # the alt text lists what is compared


def test_sides_on_different_bases_are_no_pair():
    pairs = yearly_of.gaps_in_year(scope(), INDICATORS, 2023)
    assert pairs.loc["gdp", "gap_pp"] == 0.0
    assert pairs.loc[["budget_revenue", "disposable_income"], "gap_pp"].isna().all()
    assert pairs.loc["disposable_income", "city_qualifier"] == "in_step_with_gdp"


def test_no_pair_at_all_is_said_and_not_counted_as_none_of_none():
    pairs = yearly_of.gaps_in_year(scope(), ["disposable_income"], 2023)
    assert gap_titles.pairs(scope(), 2023, pairs).en == "No indicator of Hanyang and Wuhan compares in 2023"
    empty = {"gdp": judged.shortfall_of(scope(), "gdp")}
    assert target_titles.shortfall_in_year(scope(), 2019, empty).en == "No growth target of Hanyang for 2019 can be judged"


def test_an_about_is_said_in_the_title_of_the_gap():
    s = Scope("hanyang", "gdp", 2023, 2024, comparator="wuhan", vintage="first")
    gaps = yearly_of.by_year(s)
    about = yearly_of.about_years(*s.pair())
    assert gap_titles.gap(s, gaps, about).en == ("Compared with Wuhan, growth of Hanyang's GDP was about the same in 2023")
    assert gap_titles.gap(s, gaps).en == "Compared with Wuhan, growth of Hanyang's GDP was the same in 2023"


def test_an_about_may_be_off_by_more_than_rounding():
    district, city = scope().pair()
    off = yearly_of.allowance(district, city)
    assert off[2023] == pytest.approx(0.55)  # 6% against 6%左右
    assert yearly_of.allowance(district)[2020] == pytest.approx(0.05)


def test_a_gap_to_a_bound_is_one_sided(snapshot, add):
    from helpers import printed

    row = printed("hanyang", "gdp", 2021, 11.0, vintage="initial_estimate")
    add("observations.csv", row)
    s = Scope("hanyang", "gdp", 2021, 2021, comparator="wuhan", vintage="first", data_dir=str(snapshot))
    bounds = yearly_of.gap_bounds(*s.pair())
    assert bounds[2021].words("pp").en == "at most −1.0 pp"  # 11 against "12% and more"
    title = gap_titles.gap(s, yearly_of.by_year(s), (), bounds)
    assert title.en == "Compared with Wuhan, growth of Hanyang's GDP was lower in 2021 (at most −1.0 pp)"


def test_trends_stop_at_breaks():
    level = trends.trend_by_segment(scope().outturns("level"), "level")
    assert {years: result.values for years, result in level.items()} == {"2017": (948.0,), "2020–2023": (699.0, 790.0, 860.0)}


def test_a_bound_is_not_called_missing():
    study = judged.shortfall_of(scope(), measure="level")
    assert study.against_original.judged == {2018: "met"}  # over 1,000 against over 1,000
    assert study.against_revised.table.loc[2020, "error_pct"] == pytest.approx(100 * (699 - 775) / 775)
    income = judged.shortfall_of(scope("disposable_income"))
    assert income.against_original.not_evaluable[2023].en == "measured by GDP growth, not by a number"


def test_words_of_a_target_tell_none_set_from_not_on_record():
    revised = hd.targets("disposable_income", vintage="revised")
    assert judged.words_of(revised, 2020).en == "none set"
    assert judged.words_of(revised, 2021) is None
    assert judged.words_of(hd.targets("gdp"), 2020).zh == "7%左右"


def test_the_focus_year_is_the_latest_with_the_most_pairs():
    s = scope()
    assert s.year_in_focus(0, [2020, 2023, 2020, 2023, 2017]) == 2023
    assert s.year_in_focus(2018, [2023]) == 2018
    assert s.year_in_focus(0, []) == 2024


def test_a_district_says_of_which_vintage_its_figures_are():
    """Wuchang's 10.4 for 2021 is a final figure: targets are judged on its first one, 14.5."""
    vintages = hd.convergence(region="wuhan").table("districts")["Vintage"]
    assert vintages["Wuchang"] == "preliminary, final"
    assert vintages["Jiangxia"] == "preliminary"


def test_a_year_says_its_vintage_and_what_came_later():
    """Wuhan 2023: about 6 in the work report of January 2024, beside Hanyang's estimate; 5.7 in the bulletin."""
    table = hd.growth_gap().table("by_year")
    heads = ["Wuhan, %", "Vintage", "Later figure"]
    assert table.loc[2023, heads].tolist() == ["about 6", "initial estimate", "Wuhan 5.7"]
    assert table.loc[2017, heads].tolist() == [8.0, "initial estimate, preliminary", ""]
    assert hd.growth_gap(lang="zh").table("by_year").loc[2023, "后来公布数"] == "武汉市5.7"
    revenue = hd.growth_gap("budget_revenue", "wuchang").table("by_year")
    assert not revenue["Later figure"].any()  # the 6.4 of January 2024 is the earlier one


def test_a_bound_beyond_all_numbers_is_an_end_of_the_range_and_no_year_with_one_has_no_number():
    """Wuhan 2021 is first printed as 12% and more: above the 8% of 2017, and on record."""
    answer = hd.trend("gdp", "wuhan", vintage="first").answer()
    assert "lay between −4.7% (2020) and at least 12% (2021) in the 8 years on record" in str(answer)
    assert "No number" not in str(answer)
    told = hd.trend("retail_sales", "wuhan", vintage="first").answer()
    assert 'There is only "at least 10%" for 2018.' in told.sentences
    assert "2018年仅有“10%以上”" in str(hd.trend("retail_sales", "wuhan", vintage="first").answer("zh"))


def test_a_revised_level_is_no_target():
    """Wuhan's GDP of 2018 was restated, Hanyang's target of 2020 handed down again: one word of the record, two in a table."""
    from hanyang_data.studies.marks import answers

    study = hd.trend("gdp", "wuhan")
    assert study.table("figures_on_record").loc[2018, "Vintage"] == "growth: preliminary, level: revised"
    assert "14,928.72 CNY 100 million, revised." in answers(study.scope, study.scope.outturns("level"))[2018]
    target = scope().targets("revised")
    assert "0.5%, city's post-COVID target." in answers(scope(), target)[2020]


def test_the_break_is_said_before_what_the_level_did():
    assert "From 2019 on the basis is another (tobacco plant left)." in hd.trend("gdp").answer().sentences


def test_years_that_are_two_are_named():
    ladder = hd.target_shortfall("budget_revenue", "wuhan").chart("ladder").caption.title
    assert ladder == "Wuhan set a higher budget revenue target than Wuchang for 2019 and 2022"
