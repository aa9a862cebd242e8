"""Where series stand on another basis, what links the two sides, and what is never computed across."""

import pytest

import hanyang_data as hd
from hanyang_data.errors import HanyangError
from hanyang_data.record.observations import default_dataset
from hanyang_data.studies.growth_gap import evidence as yearly_of
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.trend import findings as trends

BREAKS = default_dataset().breaks
EACH = [(b.region, b.indicator, b.first_year, b.link) for b in BREAKS.itertuples()]
EXPECTED = [
    ("hanyang", "gdp", 2019, "enterprise_relocation"),
    ("hanyang", "industrial_value_added", 2019, "enterprise_relocation"),
    ("hanyang", "fixed_asset_investment", 2021, "definition"),
    ("hanyang", "budget_revenue", 2017, "definition"),
    ("hanyang", "budget_revenue", 2023, "comparable_basis_rule"),
    ("hanyang", "retail_sales", 2016, "definition"),
    ("hanyang", "permanent_population", 2020, "census"),
    ("hanyang", "exhibitions_held", 2020, "definition"),
    ("hanyang", "new_high_tech_firms", 2023, "definition"),
    ("wuhan", "new_urban_employment", 2023, "comparable_basis_rule"),
    ("wuhan", "gdp", 2018, "census"),
    ("wuhan", "retail_sales", 2024, "definition"),
    ("wuhan", "permanent_population", 2020, "census"),
    ("wuhan", "foreign_direct_investment", 2021, "definition"),
]


def flags(measure, vintage="latest", **options):
    frame = hd.load("gdp", "wuhan", measure, vintage=vintage, **options)
    return [year for year, flag in frame["flag"].items() if "break" in flag.split()]


@pytest.mark.parametrize(("region", "indicator", "first_year", "kind"), EXPECTED)
def test_a_known_break_is_on_record_with_its_kind(region, indicator, first_year, kind):
    table = hd.breaks(indicator, region).set_index("first_year")
    assert table.loc[first_year, "kind"] == kind


def test_every_break_has_its_evidence_and_the_words_it_rests_on():
    for column in ("evidence", "locator", "token", "label_en", "label_zh"):
        assert BREAKS[column].str.strip().ne("").all(), column


def test_the_breaks_of_a_series_come_by_year_whatever_the_file_says():
    assert hd.breaks("gdp")["first_year"].tolist() == [2016, 2017, 2019]


def test_a_linked_break_parts_the_levels_and_not_the_growth():
    assert flags("level") == [2018]
    assert flags("growth") == []


def test_in_first_readings_the_year_printed_on_both_bases_is_on_the_old_one():
    assert hd.load("gdp", "wuhan", "level", vintage="first").loc[2018, "value"] == 14847.29
    assert flags("level", "first") == [2019]


def test_a_break_is_no_break_before_its_evidence():
    assert flags("level", as_of="2023-04-05") == []
    assert flags("level", as_of="2023-04-06") == [2018]


@pytest.mark.parametrize(("region", "indicator", "first_year", "link"), EACH)
def test_no_break_is_known_before_a_figure_on_the_new_basis(region, indicator, first_year, link):
    """That Wuhan's population of 2021 is of the end of the year was told as known from the census on, a year too early."""
    obs = default_dataset().observations
    ours = obs[obs["region"].eq(region) & obs["indicator"].eq(indicator) & obs["concept"].eq("outturn")]
    on_it = ours["known_from"][ours["year"].ge(first_year) & ours["period"].eq("annual")]
    known = hd.breaks(indicator, region).set_index("first_year").at[first_year, "known_from"]
    assert on_it.empty or on_it.min() <= known


def test_the_answer_of_a_day_names_no_break_of_later():
    said = str(hd.trend("permanent_population", "wuhan", as_of="2021-06-30").answer())
    assert "From 2020 on the basis is another (2020 census)." in said
    assert "From 2021" not in said
    assert "From 2021" in str(hd.trend("permanent_population", "wuhan", end_year=2021, as_of="2022-10-29").answer())


def straddle(years, first_year):
    return min(years) < first_year <= max(years)


@pytest.mark.parametrize(("region", "indicator", "first_year", "link"), EACH)
def test_no_trend_is_computed_across_a_break_of_levels_or_an_unlinked_one_of_growth(region, indicator, first_year, link):
    for measure, kind in (("level", "level"), ("growth", "rate")):
        if measure == "growth" and link != "none":
            continue
        for span in trends.trend_by_segment(hd.load(indicator, region, measure), kind):
            assert not straddle([int(year) for year in span.split("–")], first_year)


@pytest.mark.parametrize(("region", "indicator", "first_year", "link"), [e for e in EACH if e[3] == "none"])
def test_no_gap_is_chained_across_an_unlinked_break_of_either_side(region, indicator, first_year, link):
    other = "wuhan" if region != "wuhan" else "hanyang"
    for pair in ((region, other), (other, region)):
        scope = Scope(pair[0], indicator, 2010, 2026, comparator=pair[1])
        for result in yearly_of.gap_by_segment(scope).values():
            assert not straddle(result.yearly.index, first_year)


@pytest.fixture
def cut(add):
    """The snapshot with one break more in the GDP of the city: cut(2022, "none")."""

    def build(first_year, link):
        row = {
            "region": "wuhan", "indicator": "gdp", "first_year": str(first_year), "kind": "definition", "label_en": "x",
            "label_zh": "x", "evidence": "x", "source_id": "wuhan_bulletin_2022", "locator": "web", "token": "x", "link": link,
        }  # fmt: skip
        return hd.open_dataset(add("breaks.csv", row))

    return build


@pytest.mark.parametrize(("link", "last"), [("none", 2021), ("published_growth", 2023), ("overlap", 2023)])
def test_an_index_goes_over_a_break_only_where_the_break_names_a_link(cut, link, last):
    chained = hd.derived.chained_index("gdp", "wuhan", base_year=2019, dataset=cut(2022, link))
    assert chained.loc[:2023].index.max() == last


def test_an_average_goes_over_a_break_only_where_the_break_names_a_link(cut):
    assert len(hd.derived.two_year_average("gdp", "wuhan", dataset=cut(2021, "published_growth"))) == 1
    with pytest.raises(HanyangError):
        hd.derived.two_year_average("gdp", "wuhan", years=[2021, 2022], dataset=cut(2022, "none"))


def test_of_all_readings_of_a_year_on_both_bases_only_the_new_one_is_flagged():
    readings = hd.load("gdp", "wuhan", "level", vintage="all").loc[2018].set_index("value")["flag"]
    assert "break" in readings[14928.72].split()
    assert not readings[14847.29].str.contains("break").any()


def test_a_series_carries_the_breaks_that_part_it_and_those_over_which_growth_is_joined():
    level, growth = (hd.load("gdp", "wuhan", measure).attrs for measure in ("level", "growth"))
    assert [(year, label.en) for year, label in level["breaks"].items()] == [(2018, "economic census 2018")]
    assert [*growth["breaks"], *level["links"]] == []
    assert list(growth["links"]) == [2018]
    assert list(hd.load("gdp", "hanyang", "level", as_of="2019-01-01").attrs["breaks"]) == [2016, 2017]  # nobody knew of 2019
