"""The back-test: what it says follows from the record, it runs on another folder, and it can find a promise broken."""

import numpy as np
import pytest
from helpers import printed

import hanyang_data as hd


@pytest.fixture(scope="module")
def study():
    return hd.backtest()


def test_the_estimates_are_made_without_the_figure_itself(study):
    one = study.estimates.query("rule == 'implied' and region == 'jiangxia' and last_year == 2021").iloc[0]
    others = study.pairs.query("years == 1 and region != 'jiangxia'")
    assert one["pairs"] == len(others)
    largest = others["error_pct"].abs().max() / 100
    assert one["low_pct"] == pytest.approx(100 * ((1 + one["estimate_pct"] / 100) / (1 + largest) - 1))


def test_the_answer_counts_what_the_table_has(study):
    yearly = study.coverage.query("indicator == 'gdp' and years == 1").set_index(["left_out", "rule"])
    kept = yearly.loc[("district", "implied")]
    assert f"{kept['covered']} of {kept['estimates']}" in study.answer("en").finding
    assert tuple(yearly.loc[("rolling", "implied"), ["covered", "estimates"]]) == (2, 2)
    assert yearly.loc[("rolling", "implied"), "without_interval"] == 6  # of one year; 3 are of longer spans
    assert "With what was known then, only 2 of 8 have an interval; both contain it." in str(study.answer("en"))
    assert "8例中仅2例可给出区间，两例均包含公布值。" in str(study.answer("zh"))
    assert f"{yearly.loc[('district', 'city'), 'width_pp']:.1f}" in str(study.answer("zh"))


def test_the_city_s_growth_is_a_narrower_guess_than_two_levels(study):
    """What nobody would expect who takes 790 over 699: it must not be lost from the answer."""
    yearly = study.coverage.query("indicator == 'gdp' and years == 1").set_index(["left_out", "rule"])
    for scheme in ("district", "district_year"):
        assert yearly.loc[(scheme, "city"), "width_pp"] < yearly.loc[(scheme, "implied"), "width_pp"]


def test_investment_is_not_tested(study):
    assert "fixed_asset_investment" not in set(study.coverage["indicator"])


def test_too_few_pairs_are_said_and_nothing_is_drawn():
    study = hd.backtest("retail_sales", "wuhan", end_year=2022)
    assert "fewer than 5" in study.answer("en").finding
    assert "fewer than 5" in study.plot("reliability", lang="en")


@pytest.fixture
def districts(add):
    """A folder with a city of made-up districts whose revenue is off by so much a year, in percent: districts([0.2, 9.0])."""

    def build(spreads):
        draw = np.random.default_rng(0)
        add("regions.csv", {"id": "big", "name_en": "Big", "name_zh": "大市", "level": "city"})
        rows = []
        for n, off in enumerate(spreads):
            name = f"d{n}"
            add("regions.csv", {"id": name, "name_en": name, "name_zh": f"区{n}", "level": "district", "part_of": "big"})
            level = 1000.0
            rows.append(printed(name, "budget_revenue", 2016, level, "level"))
            for year in range(2017, 2025):
                rate = round(float(draw.normal(6, 3)), 1)
                level *= (1 + rate / 100) * (1 + float(draw.normal(0, off)) / 100)
                rows.append(printed(name, "budget_revenue", year, round(level, 2), "level"))
                rows.append(printed(name, "budget_revenue", year, rate, basis="nominal"))
        return add("observations.csv", *rows[:-1])  # growth of the last year of the last one is not printed

    return build


def test_it_runs_on_another_folder_of_many_districts(districts):
    """Half of the districts have large errors: promises are kept on average; what is too long for a figure is said."""
    folder = districts([0.2] * 6 + [9.0] * 6)
    study = hd.backtest("budget_revenue", "d0", data_dir=str(folder))
    yearly = study.coverage.query("indicator == 'budget_revenue' and years == 1 and rule == 'implied'").set_index("left_out")
    assert yearly.loc["district_year", "estimates"] > 90
    assert yearly.loc["district_year", "p_value"] > 0.05
    assert yearly.loc["district", "p_value"] > 0.05
    assert study.plot("intervals", lang="en").startswith(
        "Growth of budget revenue implied by levels"
    )  # too many rows: the table has them
    assert hasattr(study.plot("reliability"), "axes")


def test_a_district_unlike_the_others_switches_the_method_off(districts):
    """Of three districts one is off by far more: left out year by year it vouches for itself, left out as a whole it does not."""
    folder = districts([0.1, 0.1, 9.0])
    study = hd.backtest("budget_revenue", "d0", data_dir=str(folder))
    yearly = study.coverage.query("indicator == 'budget_revenue' and years == 1 and rule == 'implied'").set_index("left_out")
    assert yearly.loc["district_year", "p_value"] > 0.05 > yearly.loc["district", "p_value"]
    assert "switched off" in study.answer("en").finding
    implied = hd.derived.implied("budget_revenue", "d2", dataset=hd.open_dataset(folder)).loc[2024]
    assert np.isnan(implied["low"])
    assert "switched off" in implied["why"]


def test_levels_that_do_not_belong_to_their_growth_are_refused_and_stop_nothing(add):
    """Thrice the level or a fifth of it, where 5% was printed: no interval has both ends."""
    add("regions.csv", {"id": "big", "name_en": "Big", "name_zh": "大市", "level": "city"})
    rows = []
    for n in range(8):
        add("regions.csv", {"id": f"d{n}", "name_en": f"d{n}", "name_zh": f"区{n}", "level": "district", "part_of": "big"})
        rows += [printed(f"d{n}", "retail_sales", 2020, 100.0, "level"), printed(f"d{n}", "retail_sales", 2021, 5.0)]
        rows += [printed(f"d{n}", "retail_sales", 2021, 300.0 if n % 2 else 20.0, "level")]
    rows = [row | ({"basis": "nominal"} if row["measure"] == "growth" else {}) for row in rows]
    folder = str(add("observations.csv", *rows[:-2], rows[-1]))
    study = hd.backtest("retail_sales", "d7", data_dir=folder)
    assert "no interval" in study.answer("en").finding
    assert study.table("coverage") is not None
    assert "do not belong together" in hd.trend("retail_sales", "d7", data_dir=folder).implied["why"].iloc[0]
