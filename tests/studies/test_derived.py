"""Values that nobody printed: right, flagged, traceable, and never there unless asked for."""

import pandas as pd
import pytest
from helpers import printed

import hanyang_data as hd
from hanyang_data.errors import HanyangError, NoDataError, ParameterError
from hanyang_data.record.series import LOAD_COLUMNS
from hanyang_data.studies.derived import chained_index, implied_bases, rest_of_city, two_year_average

LEVELS = hd.catalog().query("region == 'hanyang' and concept == 'outturn' and measure == 'level' and period == 'annual'")


@pytest.fixture
def region(add):
    """A snapshot with a region of its own that prints growth and levels as given: region({2020: 2.2}, {2020: 100})."""

    def build(growth, level=None, **cells):
        add("regions.csv", {"id": "here", "name_en": "Here", "name_zh": "此处", "level": "district", "part_of": "wuhan"})
        rows = [printed("here", "gdp", year, value, **cells) for year, value in growth.items()]
        rows += [printed("here", "gdp", year, value, "level", **cells) for year, value in (level or {}).items()]
        return hd.open_dataset(add("observations.csv", *rows))

    return build


def test_the_budget_revenue_of_2019_follows_from_the_outturn_and_from_the_revised_target():
    routes = implied_bases("budget_revenue").loc[2019].set_index("route")
    assert routes["value"].to_dict() == {"initial_estimate": 101.07, "revised_target": 101.05}
    assert routes["method"]["initial_estimate"] == "75.3 / (1 - 25.5%)"
    row = hd.load("budget_revenue", "hanyang", "level", derived=True).loc[2019]
    assert row[["value", "low", "high", "flag"]].tolist() == [101.07, 100.94, 101.21, "derived"]  # rounding of 75.3 and 25.5%
    assert "revised target" in row["inputs"]


def test_where_growth_is_real_a_base_is_a_range_and_no_value():
    row = hd.load("gdp", "hanyang", "level", derived=True).loc[2019]
    assert pd.isna(row["value"])
    assert (round(row["low"]), round(row["high"]), row["qualifier"]) == (
        760,
        772,
        "range",
    )  # 700 and -8%, each as far as it may be rounded
    assert {"derived", "real_growth"} <= set(row["flag"].split())


def test_a_base_on_a_new_basis_is_marked_and_kept_out_of_the_series():
    assert implied_bases("budget_revenue").loc[2016, "flag"] == "derived new_basis"
    assert hd.load("budget_revenue", "hanyang", "level", derived=True).loc[2016, "value"] == 51.0


@pytest.mark.parametrize("indicator", LEVELS["indicator"])
def test_derived_rows_are_added_to_the_printed_ones_and_change_none(indicator):
    plain = hd.load(indicator, "hanyang", "level")
    whole = hd.load(indicator, "hanyang", "level", derived=True)
    derived = whole["flag"].str.split().map(lambda words: "derived" in words)
    columns = [column for column in LOAD_COLUMNS if column != "flag"]  # a break may stand on a derived year
    printed, kept = plain["flag"] != "missing", ~derived & (whole["flag"] != "missing")
    pd.testing.assert_frame_equal(whole.loc[kept, columns], plain.loc[printed, columns])
    assert whole.loc[derived, ["method", "inputs"]].ne("").all(axis=None)
    assert whole.loc[~derived, ["method", "inputs"]].eq("").all(axis=None)
    assert not plain["flag"].str.contains("derived").any()


def test_growth_gains_nothing():
    pd.testing.assert_frame_equal(hd.load("gdp", derived=True), hd.load("gdp"))


def test_nothing_is_derived_before_its_inputs_are_known():
    assert 2019 not in hd.load("gdp", "hanyang", "level", derived=True, as_of="2020-12-27").index
    assert 2019 in hd.load("gdp", "hanyang", "level", derived=True, as_of="2020-12-31").index


def test_the_two_year_average_is_the_one_the_statistics_bureau_printed_for_china(region):
    row = two_year_average("gdp", "here", dataset=region({2020: 2.2, 2021: 8.1})).loc[2021]
    assert round(row["value"], 1) == 5.1
    assert row[["value", "low", "high"]].tolist() == [5.11, 5.06, 5.16]
    assert row[["inputs", "flag"]].tolist() == ["2020 +2.2%, 2021 +8.1%", "derived"]


def test_an_average_needs_every_year_of_it():
    with pytest.raises(NoDataError, match="no stated growth of gdp for hanyang in 2021"):
        two_year_average("gdp")
    with pytest.raises(ParameterError, match="years in a row"):
        two_year_average("gdp", years=[2020])


def test_an_index_multiplies_up_and_divides_down_to_a_missing_year(region):
    table = chained_index("gdp", "here", base_year=2018, dataset=region({2018: 10, 2019: -10, 2020: 20, 2022: 5}))
    assert table["value"].to_dict() == {2017: 90.91, 2018: 100.0, 2019: 90.0, 2020: 108.0}
    assert table.loc[2020, ["low", "high"]].tolist() == [round(89.95 * 1.1995, 2), round(90.05 * 1.2005, 2)]
    assert table.loc[2020, "inputs"] == "2019 -10%, 2020 +20%"
    assert set(table["flag"]) == {"derived"}


def test_an_index_stops_at_a_bound():
    first = chained_index("gdp", "wuhan", base_year=2019, vintage="first")
    assert first.index.max() == 2020  # of 2021 the first reading is "over 12%"
    assert chained_index("gdp", "wuhan", base_year=2019).index.max() > 2021


def test_another_base_year_only_rescales():
    one, two = (chained_index("gdp", "wuhan", base_year=year)["value"] for year in (2018, 2022))
    assert (one / two).max() == pytest.approx((one / two).min(), rel=2e-4)
    assert one.index.equals(two.index)


def test_an_index_without_any_link_is_refused():
    with pytest.raises(NoDataError, match="take another base_year"):
        chained_index("gdp", "hanyang", base_year=2018)


def test_the_rest_of_the_city_is_weighted_with_the_year_before(region):
    city = hd.load("gdp", "wuhan", "level").loc[2020, "value"]
    data = region({2021: 20}, {2020: city / 4, 2021: city / 2})
    row = rest_of_city("gdp", "here", dataset=data).loc[2021]
    assert row[["share_pct", "value"]].tolist() == [25.0, round((12.2 - 0.25 * 20) / 0.75, 2)]
    assert row["gap_pp"] == 10.4
    assert row["flag"] == "derived"


@pytest.mark.parametrize("district", ["wuchang", "hongshan", "jiangxia", "wuhan_etdz"])
@pytest.mark.parametrize("indicator", ["gdp", "budget_revenue"])
def test_the_rest_of_the_city_is_that_of_the_growth_gap(indicator, district):
    here, study = rest_of_city(indicator, district), hd.growth_gap(indicator, district)
    there = study.table("shares").reindex(columns=["Rest of Wuhan, %", "Gap to the rest, pp"]).dropna()
    assert here.index.tolist() == there.index.tolist()
    assert here[["value", "gap_pp"]].to_numpy() == pytest.approx(there.to_numpy(dtype=float), abs=0.051)
    assert here["within_rounding"].tolist() == study.yearly.loc[here.index, "within_rounding"].tolist()


def test_an_estimate_weighs_and_is_weighed_against_an_estimate():
    """Wuchang printed about 5% for 2022; Wuhan's first figure of that year is about 4.5%, its measured one 4%."""
    found = rest_of_city("gdp", "wuchang")
    assert found["value"].to_dict() == {2021: 12.39, 2022: 4.45, 2023: 5.95}  # 2020: 1,450 is an estimate, 16,223 is none
    assert found.loc[2022, ["gap_pp", "within_rounding"]].tolist() == [0.55, True]
    assert "about 5% and about 4.5%" in found.loc[2022, "inputs"]


def test_gdp_per_head_sets_no_estimate_against_a_measured_figure(region, add):
    """Wuhan's GDP of 2021 is on record as measured alone."""
    region({2021: 9}, {2020: 1500})
    add("observations.csv", printed("here", "permanent_population", 2021, 100, "level", unit="10K_persons"))
    for vintage, years in (("initial_estimate", []), ("preliminary", [2021])):
        rows = printed("here", "gdp", 2021, 2000, "level", vintage=vintage)
        heads = hd.growth_gap("gdp", "here", "wuhan", dataset=hd.open_dataset(add("observations.csv", rows))).per_head
        assert heads.index.tolist() == years, vintage


def test_what_does_not_add_up_has_no_rest():
    assert rest_of_city("disposable_income").empty


def test_a_district_too_small_to_change_the_city_has_no_rest(region):
    city = hd.load("gdp", "wuhan", "level").loc[2020, "value"]
    assert rest_of_city("gdp", "here", dataset=region({2021: 20}, {2020: city / 25})).empty


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: chained_index("gdp", "wuhan", base_year=2019, vintage="all"), "first or latest"),
        (lambda: two_year_average("gdp", "wuhan", vintage="all"), "first or latest"),
        (lambda: two_year_average("gdp", "wuhan", years=2020), "give years in a row, such as"),
        (lambda: rest_of_city("gdp", "hanyan"), "did you mean hanyang"),
        (lambda: chained_index("gpd", base_year=2019), "did you mean gdp"),
    ],
    ids=["index of all readings", "average of all readings", "one year", "unknown region", "unknown indicator"],
)
def test_mistakes_are_one_sentence(call, says):
    with pytest.raises(HanyangError, match=says):
        call()


def test_the_city_of_a_region_that_is_part_of_none_must_be_named():
    with pytest.raises(ParameterError, match="name one as city"):
        rest_of_city("gdp", "wuhan")
