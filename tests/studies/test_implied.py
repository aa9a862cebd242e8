"""What nobody printed: right where the truth is known, calibrated on nothing of the year asked, silent where it must be."""

import numpy as np
import pytest
from helpers import printed

import hanyang_data as hd
from hanyang_data.errors import ParameterError
from hanyang_data.record.observations import default_dataset
from hanyang_data.studies.calibration import SCHEMES, Asked, Pool, kept_promises, left_out, standing
from hanyang_data.studies.implied import ImpliedSeries
from hanyang_data.studies.relations import Peers, Reading, level_blocks, pairs, peers_of, prices_of

YEARS = range(2010, 2022)
DISTRICTS = Peers("district")


@pytest.fixture
def city(add):
    """A made-up city whose districts' levels follow from growth, the city's prices and an error: city(9, 1.0), in percent."""

    def build(districts, spread, *, without=None):
        draw, names = np.random.default_rng(3), ["big", *(f"d{n}" for n in range(districts))]
        parts = {"big": {"level": "city", "part_of": ""}}
        own = {"level": "district", "part_of": "big"}
        add("regions.csv", *({"id": n, "name_en": n.title(), "name_zh": f"区{n}"} | parts.get(n, own) for n in names))
        rows = []
        for name in names:
            off, level = (spread, 1000.0) if name != "big" else (0, 1e4)
            rows.append(printed(name, "gdp", YEARS[0], level, "level"))
            for year in YEARS[1:]:
                rate = round(float(draw.normal(6, 3)), 1)
                level *= (1 + rate / 100) * 1.02 * (1 + float(draw.normal(0, off)) / 100)
                rows.append(printed(name, "gdp", year, round(level, 2), "level"))
                rows += [printed(name, "gdp", year, rate)] * ((name, year) != without)
                truth[name, year] = rate
        return hd.open_dataset(add("observations.csv", *rows))

    truth = {}
    build.truth = truth
    return build


def test_the_city_and_no_other_gives_the_prices():
    found = {
        year: round(float(figure.value.low), 1)
        for year, figure in prices_of(default_dataset(), "gdp", "hanyang", Reading()).items()
    }
    assert {y: found[y] for y in range(2019, 2025)} == {2019: 1.2, 2020: 1.0, 2021: 1.1, 2022: 2.4, 2023: 0.4, 2024: 0.3}
    assert found[2018] == 2.5  # of the year printed on two bases the old reading ends the years before


def test_the_pairs_of_the_record_are_those_of_the_method():
    one = hd.derived.calibration("gdp").query("years == 1").set_index(["region", "last_year"])["error_pp"].round(1)
    assert one.to_dict() == {
        ("hongshan", 2021): -0.3, ("jiangxia", 2019): -4.5, ("jiangxia", 2021): 4.7, ("qiaokou", 2024): 0.9,
        ("wuchang", 2020): 3.9, ("wuchang", 2021): -0.1, ("wuchang", 2022): -2.3, ("wuhan_etdz", 2021): -4.5,
    }  # fmt: skip


def test_what_is_implied_for_hanyang():
    growth = hd.derived.implied("gdp")
    assert growth.loc[2021, ["implied", "low", "high", "promised_pct"]].round(1).tolist() == [11.8, 7.3, 16.7, 88.9]
    assert growth.loc[2018, "low"] < growth.loc[2018, "high"] == np.inf
    assert growth.loc[2022, ["low", "high"]].isna().all()
    assert "2 pairs" in growth.loc[2022, "why"]
    assert set(growth.index) == {2018, 2021, 2022}  # 2019 lies beyond a break; of 2024 nothing was printed
    levels = hd.derived.implied("gdp", measure="level")
    assert levels["implied"].round(1).to_dict() == {2019: 752.2, 2022: 808.5}
    assert round(hd.derived.implied("gdp", measure="average").loc[2023, "implied"], 1) == 5.8


def test_of_investment_nothing_is_implied():
    assert hd.derived.implied("fixed_asset_investment").empty


def test_no_level_is_related_over_a_break():
    blocks = [sorted(b) for b in level_blocks(default_dataset(), "gdp", "hanyang", Reading())]
    assert blocks == [[2015], [2016], [2017, 2018], [2020, 2021, 2023]]


def test_nothing_of_the_year_that_is_asked_calibrates_it():
    data = default_dataset()
    table = pairs(data, "gdp", DISTRICTS, Reading())
    asked = Asked("gdp", "wuchang", 2020, 2021)
    kept = table[
        table["years"].eq(1) & ~(table["region"].eq("wuchang") & table["last_year"].ge(2020) & table["first_year"].le(2021))
    ]
    assert sorted(Pool(table).errors(asked)) == pytest.approx(sorted(kept["error_pct"]))
    none = Pool(table).errors(asked, whole_region=True)
    assert len(none) == table.query("years == 1 and region != 'wuchang'").shape[0]


def test_what_was_published_later_calibrates_nothing():
    day = "2022-06-30"
    early = hd.derived.calibration("gdp", as_of=day)
    known = default_dataset().sources["known_from"]
    assert 0 < len(early) < len(hd.derived.calibration("gdp"))
    assert all(known[source] <= np.datetime64(day) for cell in early["sources"] for source in cell.split(", "))


def test_where_the_truth_is_known_the_intervals_hold_it_as_often_as_promised(city):
    data = city(12, 1.5)
    for scheme in SCHEMES[:2]:
        cells = left_out(data, "gdp", DISTRICTS, Reading(), scheme, 1)
        found = kept_promises(cells[cells["rule"] == "implied"])
        assert found.cells > 100
        assert found.covered / found.cells == pytest.approx(found.promised, abs=0.08)
        assert not found.short


def test_an_error_that_a_district_has_every_year_is_found_by_leaving_the_district_out(add, city):
    data = city(12, 0.3)
    exact = left_out(data, "gdp", DISTRICTS, Reading(), "district", 1)
    assert not kept_promises(exact[exact["rule"] == "implied"]).short
    assert exact.query("rule == 'city'")["error_pct"].abs().mean() > exact.query("rule == 'implied'")["error_pct"].abs().mean()


def test_an_implied_year_lies_where_the_figure_that_was_kept_back_stands(city):
    found = hd.derived.implied("gdp", "d0", dataset=city(9, 1.0, without=("d0", 2015))).loc[2015]
    assert found["low"] <= city.truth["d0", 2015] <= found["high"]
    assert found["promised_pct"] < 100


def test_a_method_that_breaks_its_promise_is_off_and_says_so(city, monkeypatch):
    data = city(9, 1.0, without=("d0", 2015))
    from hanyang_data.statistics.conformal import coverage

    monkeypatch.setattr("hanyang_data.studies.implied.standing", lambda *_: coverage([False] * 10, [0.9] * 10))
    found = hd.derived.implied("gdp", "d0", dataset=data).loc[2015]
    assert np.isnan(found["low"])
    assert "switched off: 0 of 10" in found["why"]


def test_standing_is_that_of_the_record():
    found = standing(default_dataset(), "gdp", DISTRICTS, Reading(), 1)
    assert (found.cells, found.covered, found.short) == (8, 6, False)


@pytest.mark.parametrize(
    ("asked", "word"), [({"measure": "levels"}, "measure"), ({"vintage": "all"}, "vintage"), ({"as_of": "2021"}, "as_of")]
)
def test_a_slip_is_said(asked, word):
    with pytest.raises(ParameterError, match=word):
        hd.derived.implied("gdp", **asked)


def test_in_a_nation_the_districts_of_a_city_calibrate_one_another(add):
    many = [{"id": f"c{n}", "name_en": f"C{n}", "name_zh": f"县{n}", "level": "district"} for n in range(401)]
    data = hd.open_dataset(add("regions.csv", *many))
    assert peers_of(data, "hanyang") == Peers("district", "wuhan")
    assert peers_of(default_dataset(), "hanyang") == DISTRICTS
    assert len(pairs(data, "gdp", Peers("district", "wuhan"), Reading())) == 11


def test_a_level_before_and_a_level_after_are_off_in_opposite_ways(add):
    """The relation is off by what the later level is too high: of 2018 that is the one implied, of 2019 the one known."""
    data = hd.open_dataset(add("observations.csv", printed("hanyang", "gdp", 2018, 6.0)))
    levels = {of.year: of.routes[0] for of in ImpliedSeries(data, "gdp", "hanyang", Reading()).levels()}
    later, earlier = levels[2018], levels[2019]
    off = later.promised.radius_pct / 100
    assert [float(end) / float(later.value.low) for end in later.interval[:2]] == pytest.approx([1 - off, 1 + off])
    assert [float(end) / float(earlier.value.low) for end in earlier.interval[:2]] == pytest.approx(
        [1 / (1 + off), 1 / (1 - off)]
    )


def test_nothing_leads_over_the_plant_that_left(add):
    """Growth of 2019 in print: 2018 does not follow from 2020, nor the growth of 2020 from 2018."""
    rows = [printed("hanyang", "gdp", 2018, 6.0), printed("hanyang", "gdp", 2019, 6.0)]
    data = hd.open_dataset(add("observations.csv", *rows))
    (level,) = (of for of in ImpliedSeries(data, "gdp", "hanyang", Reading()).levels() if of.year == 2018)
    assert [route.span for route in level.routes] == [1, 0]  # from 2017 alone, and over 1,000 as printed
    asked = hd.derived.calibration("gdp", dataset=data).query("region == 'hanyang'")
    assert asked.empty


def test_the_first_route_is_one_that_has_an_interval(add):
    """In step with GDP, 10%, implies without an interval; the levels imply with one, and their pairs are told."""
    step = {"qualifier": "in_step_with_gdp", "token": "与经济增长同步", "basis": "nominal"}
    rows = [printed("hanyang", "gdp", 2021, 10.0), printed("hanyang", "budget_revenue", 2021, "", **step)]
    rows.append(printed("hanyang", "budget_revenue", 2021, 90.0, "level"))
    found = hd.derived.implied("budget_revenue", dataset=hd.open_dataset(add("observations.csv", *rows))).loc[2021]
    assert found["implied"] == pytest.approx(100 * (90 / 75.3 - 1))
    assert found["pairs"] == 7
    assert found["low"] < found["implied"] < found["high"]


def test_a_level_printed_as_a_ceiling_gives_a_ceiling_of_growth_and_stops_nothing(add):
    rows = [printed("hanyang", "gdp", year, 900.0, "level", qualifier="within") for year in (2022, 2024)]
    folder = add("observations.csv", *rows)
    found = hd.trend("gdp", data_dir=str(folder)).implied.query("measure == 'growth'").loc[2024]
    radius = hd.derived.calibration("gdp").query("years == 1")["error_pct"].abs().max()
    assert np.isnan(found["low"])
    assert found["high"] == pytest.approx(100 * (900 / 860 / 1.00256382 / (1 - radius / 100) - 1), abs=0.001)
    for study in (hd.growth_gap, hd.target_shortfall, hd.backtest):
        assert study("gdp", data_dir=str(folder)).answer().finding


def test_many_routes_promise_three_in_four_together_or_are_not_combined(city):
    """Sixteen spans hold the one year that is open: together they would promise less than nothing."""
    data = city(30, 1.0, without=("d0", 2015))
    (found,) = ImpliedSeries(data, "gdp", "d0", Reading()).growth()
    assert found.level == pytest.approx(1 - sum(1 - route.promised.level for route in found.routes))
    assert [route.span for route in found.routes] == [1, 2]
    assert 0.75 <= found.level < 0.9


def test_two_levels_that_are_bounds_of_one_side_imply_nothing(add):
    folder = add("observations.csv", printed("hanyang", "budget_revenue", 2019, 100.0, "level", qualifier="over"))
    study = hd.trend("budget_revenue", data_dir=str(folder))
    growth = study.implied.query("measure == 'growth'")
    assert "over 100, 2019" not in " ".join(growth["method"])
    assert "Implied for 2018: over 13.7%" in str(study.answer())
    assert all(len(study.table(name)) for name in ("implied", "refused"))


def test_on_from_a_year_with_two_bases_the_new_one_leads(add):
    """2019: 110 on the old basis, 55 on the new one; 2020 grew by 10% on the new."""
    place = {"region": "z1", "indicator": "budget_revenue", "source_id": "wuhan_bulletin_2020", "locator": "web"}
    words = {"kind": "definition", "label_en": "x", "label_zh": "口径", "evidence": "x", "evidence_zh": "x", "token": "x"}
    add("breaks.csv", place | words | {"first_year": "2019", "link": "overlap"})
    add("regions.csv", {"id": "z1", "name_en": "Z1", "name_zh": "区一", "level": "district", "part_of": "wuhan"})
    new = {"vintage": "revised", "source_id": "wuhan_gdp_series_2023"}
    rows = [printed("z1", "budget_revenue", 2018, 100.0, "level"), printed("z1", "budget_revenue", 2019, 110.0, "level")]
    rows += [printed("z1", "budget_revenue", 2019, 55.0, "level", **new)]
    rows += [printed("z1", "budget_revenue", year, rate, basis="nominal") for year, rate in ((2019, 9.0), (2020, 10.0))]
    data = hd.open_dataset(add("observations.csv", *rows))
    levels = hd.derived.implied("budget_revenue", "z1", "level", dataset=data)
    assert levels["implied"].round(6).to_dict() == {2020: 60.5}
    pair = hd.derived.calibration("budget_revenue", dataset=data).query("region == 'z1'")
    assert pair["error_pct"].tolist() == pytest.approx([100 * (1.10 / 1.09 - 1)])  # the old basis on both sides


def test_a_level_like_for_like_implies_nothing_of_one_that_is_not(add):
    """94.3 of 2023 is comparable with the year before alone."""
    rows = [printed("hanyang", "budget_revenue", 2024, 5.0, basis="nominal")]
    data = hd.open_dataset(add("observations.csv", *rows))
    assert set(hd.derived.implied("budget_revenue", measure="level", dataset=data).index) == {2019}


def test_without_an_interval_the_method_is_that_of_the_number_shown():
    """9,060.8 of 2025 follows from 2024 and its growth, and not from the bound that is printed beside."""
    found = hd.derived.implied("retail_sales", "wuhan", "level").loc[2025]
    assert np.isnan(found["low"])
    assert "2024" in found["method"]
    assert "bound" not in found["method"]


def test_growth_of_a_count_between_printed_levels_is_computed_and_promises_nothing():
    """Wuhan's population: 1,364.89 at the end of 2021, 1,373.9 at that of 2022, and so on; the rounding alone leaves it open.

    The 1,232.6518 of 2020 are of the census of 1 November: between another day and the end of a year nothing is computed.
    """
    study = hd.trend("permanent_population", "wuhan")
    found = study.implied
    assert found.index.tolist() == [2022, 2023, 2024]  # no average over years that are each computed
    low, high = 100 * (1373.85 / 1364.895 - 1), 100 * (1373.95 / 1364.885 - 1)
    assert found.loc[2022, ["low", "high"]].tolist() == pytest.approx([low, high], abs=1e-6)
    assert found["promised_pct"].isna().all()
    assert (found["low"] < found["implied"]).all()
    assert hd.derived.implied("permanent_population", "wuhan")["flag"].unique().tolist() == ["computed"]
    told = "Growth computed from the levels: 0.7% in 2022, 0.3% in 2023 and 0.3% in 2024."
    later = hd.trend("permanent_population", "wuhan", start_year=2021)
    assert told in later.answer().sentences
    assert "据总量计算，增速2022年0.7%" in str(later.answer("zh"))


def test_an_interval_that_missed_the_years_beside_it_says_so():
    """Jiangxia printed 8% for 2019 and 14% for 2021: outside what its levels and the other districts' errors allow."""
    found = hd.derived.implied("gdp", "jiangxia").loc[2020]
    assert "such an interval missed 2019 and 2021" in found["method"]
    assert "(nominal coverage 86%; it missed 2019 and 2021)" in str(hd.growth_gap("gdp", "jiangxia").answer())
    assert (
        "Implied for 2020: −15.5% to −8.5% (nominal coverage 86%; it missed 2019 and 2021)."
        in hd.trend("gdp", "jiangxia").answer().sentences
    )
    for study, figure in ((hd.trend("gdp", "jiangxia"), "growth_and_level"), (hd.growth_gap("gdp", "jiangxia"), "by_year")):
        caption = study.chart(figure).caption
        assert "2020: such an interval would have missed 2019 and 2021." in caption.note + caption.more
    assert "missed" not in hd.derived.implied("gdp", "hanyang").loc[2021, "method"]
