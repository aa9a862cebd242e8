"""Shares, blanks, several districts and sectors, from the record and from planted snapshots."""

import pandas as pd
import pytest
from helpers import printed

import hanyang_data as hd
from hanyang_data.record.observations import open_dataset
from hanyang_data.studies.growth_gap import evidence, findings, sectors, waterfall
from hanyang_data.studies.scope import Scope


def scope(region="hanyang", indicator="gdp", **options):
    return Scope(region, indicator, 2017, 2024, comparator="wuhan", **options)


@pytest.fixture
def planted(add):
    """Seven years in a row of both sides, measured, and the sectors of Wuhan in 2020; Qingshan has no break on record."""

    def plant(*rows):
        return Scope("qingshan", "gdp", 2017, 2024, comparator="wuhan", data_dir=str(add("observations.csv", *rows)))

    return plant


# --- shares ---


def test_shares_are_those_of_the_printed_levels():
    """Wuchang 2020: 1,492.93 of 15,616.06; 2021: 1,664.44 of 17,716.76; 2022: about 1,750 of about 19,000, both estimates."""
    share = evidence.shares(scope("wuchang"))
    assert share.round(2).to_dict() == {2020: 9.56, 2021: 9.39, 2022: 9.21}


def test_a_share_of_unlike_vintages_is_none():
    """Of 2019 Wuchang has an estimate (1,450) and Wuhan a measured figure: no share, though both state a level."""
    levels = [scope("wuchang").outturns("level"), scope("wuchang").outturns("level", region="wuhan")]
    assert all(2019 in frame.index for frame in levels)
    assert 2019 not in evidence.shares(scope("wuchang"))


def test_hanyang_is_under_five_percent_and_set_against_no_rest():
    share = evidence.shares(scope())
    assert share.round(2).to_dict() == {2020: 4.48}
    (_, latest) = evidence.gap_by_segment(scope(), share=share).values()
    assert latest.rest_of_city is None


def test_no_share_weighs_growth_over_a_break(planted):
    """The tobacco plant left in 2019: a share of 2018 says nothing of growth in 2019."""
    rows = [printed(r, "gdp", 2018, v, "level", vintage="initial_estimate", token=f"{v} est")
            for r, v in (("hanyang", 1000), ("wuhan", 15000))]  # fmt: skip
    s = planted(*rows)
    here = Scope("hanyang", "gdp", 2017, 2024, comparator="wuhan", data_dir=s.data_dir)
    assert 2018 not in evidence.shares(here)


@pytest.mark.parametrize(
    ("region", "indicator", "comparator"),
    [("hanyang", "disposable_income", "wuhan"), ("hanyang", "consumer_prices", "wuhan"), ("hanyang", "gdp", "wuchang")],
)
def test_no_share_of_what_does_not_add_up_or_contain(region, indicator, comparator):
    assert evidence.shares(Scope(region, indicator, 2017, 2024, comparator=comparator)) is None


def test_wuchang_shows_what_it_adds_and_the_rest():
    s = scope("wuchang")
    results = evidence.gap_by_segment(s, share=evidence.shares(s))
    adds = results["2019–2024"].contribution
    assert adds.loc[2021, "contribution_pp"] == pytest.approx(1492.93 / 15616.06 * 10.4)
    assert adds.loc[2021, "of_growth_pct"] == pytest.approx(100 * 1492.93 / 15616.06 * 10.4 / 12.2)
    share = 1492.93 / 15616.06
    assert results["2019–2024"].rest_of_city.loc[2021, "rest_pct"] == pytest.approx((12.2 - share * 10.4) / (1 - share))


# --- blanks and several districts ---


def test_every_blank_has_its_reason():
    s = scope()
    table = evidence.by_year(s)
    assert list(table.index) == s.years
    assert table["blank"].to_dict() == {
        2017: "vintage", 2018: "district", 2019: "district", 2020: "",
        2021: "district", 2022: "district", 2023: "", 2024: "district",
    }  # fmt: skip
    assert (table["blank"] == "").tolist() == table["gap_pp"].notna().tolist()
    assert table.loc[2017, ["district_pct", "city_pct"]].tolist() == [7.0, 8.0]  # shown, not compared


@pytest.mark.parametrize(("region", "indicator"), [("jiangan", "gdp"), ("hanyang", "new_urban_employment")])
def test_levels_of_both_are_figures_and_growth_rates_are_what_lacks(region, indicator):
    """Jiang'an 1,625.35 and Wuhan 20,011.65 of 2023; Hanyang's 1.9 and Wuhan's 29.3 of 10,000 new jobs."""
    gap = hd.growth_gap(indicator, region)
    assert "None of these years has growth rates of both." in str(gap.answer())
    assert "两地没有同年增速。" in str(gap.answer("zh"))


def test_bounds_and_unlike_bases_are_told_apart():
    s = scope(indicator="budget_revenue")
    assert evidence.blanks(*s.pair(), s.years)[2023] == "basis"
    income = scope(indicator="disposable_income")
    assert evidence.blanks(*income.pair(), income.years)[2023] == "unstated"


def test_several_districts_and_indicators_in_one_call():
    gaps = evidence.gaps_of(scope(), ["hanyang", "wuchang", "jiangxia"], ["gdp", "retail_sales"])
    assert len(gaps) == 3 * 2 * 8
    at = gaps.set_index(["region", "indicator", "year"])["gap_pp"].dropna().to_dict()
    assert at[("hanyang", "gdp", 2020)] == -3.3
    assert at[("wuchang", "gdp", 2021)] == -1.8
    assert at[("jiangxia", "gdp", 2017)] == 2.5
    assert (gaps["gap_pp"].isna() == (gaps["blank"] != "")).all()


@pytest.mark.parametrize("region", ["hanyang", "wuchang", "hongshan", "jiangxia", "wuhan_etdz"])
def test_one_district_alone_has_the_same_gaps(region):
    alone = evidence.by_year(scope(region))["gap_pp"].dropna()
    together = evidence.gaps_of(scope(), ["wuchang", region] if region != "wuchang" else [region], ["gdp"])
    here = together[together["region"] == region].set_index("year")["gap_pp"].dropna()
    assert here.to_dict() == alone.to_dict()


def test_the_districts_of_the_default_have_growth_and_lie_inside():
    regions = evidence.regions_inside(scope("jiangan"))
    assert regions[0] == "jiangan"  # the one asked for, whatever it holds
    assert {"hanyang", "wuchang", "jiangxia"} < set(regions)
    assert "wuhan" not in regions
    assert len(set(regions)) == len(regions)


def test_the_table_of_districts_holds_numbers_and_words():
    s = scope()
    table = findings.regions_table(s, evidence.gaps_of(s, ["hanyang", "wuchang"], ["gdp"]))
    assert table.loc["Hanyang", "2020"] == -3.3
    assert table.loc["Hanyang", "2017"] == "estimate against measured"
    assert table.loc["Hanyang", "Not told from zero"] == "2023"
    zh = scope(lang="zh")
    assert findings.regions_table(zh, evidence.gaps_of(zh, ["hanyang"], ["gdp"])).loc["汉阳区", "2017"] == "预计数对统计数"


# --- chains ---


def test_a_planted_chain_of_seven_years_is_tested_and_drawn(planted):
    from hanyang_data.studies.growth_gap import figure as figure_cumulative

    rows = [
        printed("qingshan", "gdp", y, v) for y, v in zip(range(2018, 2025), (8.3, 7.6, -4.4, 12.5, 4.4, 5.9, 5.5), strict=True)
    ]
    s = planted(*rows)
    results = evidence.gap_by_segment(s)
    (result,) = results.values()
    assert result.n == 7
    assert result.test.p_value == 2 / 2**7
    chart = figure_cumulative.cumulative(s, s.pair(), results)
    assert chart.caption.title.startswith("From 2017 to 2024 Qingshan's GDP gained")
    assert "2017 100.0" in chart.caption.alt


@pytest.mark.parametrize(("margin", "says"), [(0.3, "0.3 pp or more is not ruled out"), (3.0, "is below 3 pp")])
def test_a_mean_that_is_not_told_from_zero_is_held_against_what_would_matter(planted, margin, says):
    rates = (8.6, 7.0, -4.3, 11.8, 4.5, 5.3, 5.4)
    s = planted(*(printed("qingshan", "gdp", y, v) for y, v in zip(range(2018, 2025), rates, strict=True)))
    gap = hd.growth_gap("gdp", "qingshan", data_dir=s.data_dir, margin_pp=margin)
    assert "cannot be told from zero" in str(gap.answer())
    assert says in str(gap.answer())


def test_no_chain_is_said_and_not_drawn():
    from hanyang_data.studies.growth_gap import figure as figure_cumulative

    told = figure_cumulative.cumulative(scope(), scope().pair(), evidence.gap_by_segment(scope()))
    assert told.en == "No chain is drawn: growth of GDP of Hanyang and Wuhan does not compare in two years in a row."


# --- sectors ---


def test_hanyang_2020_by_hand():
    """Outline: 153.76 at −6.5%, 545.26 at −8.8%, GDP 699 at −8%: of 759.8 the sectors held 164.4 and 597.9."""
    study = sectors.sectors_of(scope())[2020]
    base = 699 / 0.92
    assert study.parts.table["weight_pct"].tolist() == pytest.approx([100 * 153.76 / 0.935 / base, 100 * 545.26 / 0.912 / base])
    assert study.parts.residual_pp == pytest.approx(-8 - (699.02 - 153.76 / 0.935 - 545.26 / 0.912) / base * 100)
    assert (study.weights, study.unlike, study.parts.adds_up) == ("implied", True, False)


def test_wuhan_takes_printed_weights_where_it_can():
    """Bulletins: 6,716.65 and 11,673.99 of 18,866.43 in 2022; from 2024 on the sectors stand on another basis."""
    years = sectors.sectors_of(scope(), "wuhan")
    assert {year: study.weights for year, study in years.items()} == {2022: "implied", 2023: "printed", 2024: "implied"}
    assert years[2023].parts.table["weight_pct"].tolist() == pytest.approx([100 * 6716.65 / 18866.43, 100 * 11673.99 / 18866.43])
    assert all(abs(study.parts.residual_pp) < 0.1 for study in years.values())


@pytest.mark.parametrize(("region", "gap"), [("hongshan", -1.7), ("qiaokou", 1.1)])
def test_the_gap_of_2023_by_sector(region, gap):
    s = scope(region)
    between = sectors.attributed(*sectors.of_both(s).values())
    assert list(between) == [2023]
    part = between[2023]
    assert part.gap_pp == gap == evidence.by_year(s).loc[2023, "gap_pp"]
    assert part.structure_pp + part.within_pp + part.residual_pp == pytest.approx(gap)
    if region == "hongshan":  # with implied weights of both; set against Wuhan's printed ones they would be +1.0 and −2.7
        assert (part.structure_pp, part.within_pp) == pytest.approx((0.86, -2.61), abs=0.005)


def test_what_cannot_be_taken_apart_is_said():
    own = sectors.of_both(scope())
    between = sectors.attributed(own["hanyang"], own["wuhan"])
    assert between == {}
    (told,) = waterfall.no_sectors(scope(), own["hanyang"], between)
    assert told.en.startswith("The gap to Wuhan is not taken apart: no year in which both print the same sectors")
    assert "prints growth and level of two sectors" in waterfall.no_sectors(scope("wuchang"), {}, {})[0].en
    assert "sectors add up to GDP" in waterfall.no_sectors(scope(indicator="retail_sales"), {}, {})[0].en
    assert "a residual being beyond 0.3 pp" in waterfall.no_sectors(scope(), own["hanyang"], {2020: None})[0].en


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_residual_is_always_a_row(lang):
    s = scope("hongshan", lang=lang)
    own = sectors.of_both(s)
    table = waterfall.attribution_table(s, own, sectors.attributed(*own.values()))
    column = {"en": "Sector", "zh": "产业"}[lang]
    residuals = table[table[column] == {"en": "Residual", "zh": "残差"}[lang]]
    assert len(residuals) == sum(len(years) for years in own.values())
    points = {"en": "Contribution, pp", "zh": "拉动（百分点）"}[lang]
    assert residuals[points].notna().all()


def test_an_empty_table_of_sectors_has_its_heads():
    assert waterfall.attribution_table(scope("wuchang"), {"wuchang": {}}, {}).empty


# --- titles ---


WAS = "Compared with Wuhan, growth of Hanyang's GDP was "


@pytest.mark.parametrize(
    ("gaps", "title"),
    [
        ({2020: -3.3, 2023: 0.0}, WAS + "3.3 pp lower in 2020 and the same in 2023"),
        ({2023: -0.2, 2020: -3.3}, WAS + "3.3 pp lower in 2020 and 0.2 pp lower in 2023"),
        ({2020: 1.0, 2021: -1.0, 2023: 0.1},
         WAS + "1.0 pp higher in 2020, 1.0 pp lower in 2021 and about the same in 2023"),
        ({2023: 0.1}, WAS + "about the same in 2023"),
        (dict.fromkeys(range(2017, 2022), -1.0), "Hanyang's GDP grew more slowly than Wuhan's in all 5 comparable years"),
        ({2017: 0.0, 2018: 0.0} | dict.fromkeys(range(2019, 2022), -1.0),
         "Hanyang's GDP never grew faster than Wuhan's: lower in 3 and level in 2 of 5 years"),
        ({2017: 1.0, 2018: 0.0, 2019: -1.0, 2020: -1.0, 2021: -1.0},
         "Hanyang's GDP grew more slowly than Wuhan's in 3 of 5 years"),
    ],
)  # fmt: skip
def test_the_title_counts_what_is_beyond_rounding(gaps, title):
    table = pd.DataFrame({"gap_pp": gaps}).assign(within_rounding=lambda t: t["gap_pp"].abs() <= 0.1)
    assert findings.gap(scope(), table).en == title


def test_measured_sectors_are_the_better_measurement_of_2020():
    s = scope()
    (found,) = sectors.measured_of(s, sectors.sectors_of(s))
    assert (found.year, round(found.sum_pct, 1), found.estimate_pct, found.city_pct) == (2020, -8.3, -8.0, -4.7)
    assert "−3.6 pp (computed)" in waterfall.of_measured(s, [found])[1].en


def test_shares_of_the_city_are_nominal_and_of_one_basis():
    found = evidence.shares_of(scope(), ["gdp", "retail_sales", "budget_revenue", "disposable_income"])
    share = found.set_index(["indicator", "year"])["share_pct"].round(2)
    assert share["gdp"].to_dict() == {2020: 4.48, 2021: 4.46, 2023: 4.3}  # nothing from before the plant left
    assert (share["retail_sales", 2020], share["retail_sales", 2023]) == (7.9, 7.83)
    assert (share["budget_revenue", 2020], share["budget_revenue", 2023]) == (6.12, 5.89)
    assert "disposable_income" not in share
    assert evidence.shares_of(Scope("wuhan", "gdp", 2017, 2024, comparator="hanyang"), ["gdp"]).empty


def test_planted_rows_are_a_valid_snapshot(planted):
    s = planted(printed("qingshan", "gdp", 2018, 8.3))
    assert open_dataset(s.data_dir).digest != scope().dataset.digest


def test_gdp_per_head_of_2020_is_two_thirds_of_the_city():
    heads = evidence.per_head(Scope("hanyang", "gdp", 2017, 2024, comparator="wuhan"))
    assert heads.index.tolist() == [2020]  # the one year with both populations on record
    assert heads.loc[2020, "district_cny"] == pytest.approx(699 / 83.7263 * 1e4)
    assert heads.loc[2020, "ratio_pct"] == pytest.approx(65.9, abs=0.05)
    assert evidence.per_head(Scope("hanyang", "gdp", 2021, 2024, comparator="wuhan")).empty
