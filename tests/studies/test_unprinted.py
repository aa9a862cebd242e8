"""Figures that were not printed, inside the analyses: seen, said, and apart from all that is counted and tested."""

import json

import numpy as np
import pandas as pd
import pytest
from helpers import printed

import hanyang_data as hd
from hanyang_data.charts.export import Chart

STUDIES = [hd.trend, hd.growth_gap, hd.target_shortfall]


@pytest.mark.parametrize("make", STUDIES, ids=lambda f: f.__name__)
@pytest.mark.parametrize("indicator", ["gdp", "budget_revenue"])
def test_nothing_that_is_counted_or_tested_uses_an_implied_figure(make, indicator):
    with_, without = make(indicator), make(indicator, implied=False)
    own = {"trend": ["growth", "level", "statistics"], "growth_gap": ["yearly", "cumulative", "by_region"]}
    for name in own.get(make.__name__, ["by_year", "against_city", "by_indicator"]):
        pd.testing.assert_frame_equal(getattr(with_, name), getattr(without, name))
    assert with_.answer().finding == without.answer().finding


def test_printed_figures_alone_are_loaded():
    assert not hd.load("gdp")["flag"].str.contains("implied").any()
    assert hd.load("gdp").loc[2021, "flag"] == "missing"


def test_the_trend_says_once_what_levels_imply_and_what_it_assumes():
    english, chinese = (str(hd.trend("gdp", lang=lang).answer()) for lang in ("en", "zh"))
    assert english.lower().count("implied") == chinese.count("推算") == 1
    assert "7.3% to 16.7% (nominal coverage 89%, if prices moved as in Wuhan and a secondary page is right)" in english
    assert "推算2021年增速7.3%至16.7%（按武汉市物价、二手资料，名义覆盖率89%）" in chinese
    assert "2019年起口径不同（武烟搬迁）" in chinese  # it has its place beside the nominal coverage
    assert "2019、2021年未覆盖" in str(hd.trend("gdp", "jiangxia", lang="zh").answer())
    assert "mplied" not in str(hd.trend("gdp", implied=False).answer())
    assert "Implied for 2018: over 13.7%" in str(hd.trend("budget_revenue").answer())  # no longer text crowds it out


def test_the_frame_of_the_trend_holds_method_inputs_interval_and_level():
    found = hd.trend("gdp").implied.query("measure == 'growth'")
    assert set(found.index) == {2018, 2021, 2022}
    row = found.loc[2021]
    assert row[["low", "high", "promised_pct"]].astype(float).round(1).tolist() == [7.3, 16.7, 88.9]
    assert "wuhan_districts_gdp_2021" in row["source"]
    assert "699" in row["method"]
    assert "an interval needs" in found.loc[2022, "why"]
    assert np.isnan(found.loc[2018, "high"])


def test_a_band_is_open_named_and_joined_to_nothing():
    study = hd.trend("gdp")
    chart = study.chart("growth_and_level")
    assert isinstance(chart, Chart)
    assert "Open bands: implied" in chart.caption.note
    words = [text.get_text() for ax in chart.figure.axes for text in ax.texts]
    assert "□ implied" in words
    assert "7.3–16.7" in words
    growth = chart.figure.axes[0]
    across = [line for line in growth.lines if {2020, 2021} <= set(np.round(line.get_xdata(), 6))]
    assert across == []
    assert "implied" not in [t.get_text() for ax in hd.trend("gdp", implied=False).plot().axes for t in ax.texts]


def test_an_estimate_against_a_measured_figure_is_as_wide_as_the_record_s_revisions_of_districts():
    from hanyang_data.record.revisions import estimates_measured_later

    revised = estimates_measured_later()["revision"].abs()
    gap = hd.growth_gap("budget_revenue").intervals.loc[2020]
    assert (gap["high_pp"] - gap["low_pp"]) / 2 == pytest.approx(revised.max() + 0.1)  # the rounding of both rates
    assert gap["high_pp"] == pytest.approx(-25.5 + 21.3 + 4.1 + 0.1)  # no sign is told on the last digit
    assert (gap["kind"], gap["sign"]) == ("estimate", "unknown")


def test_what_no_other_region_has_tested_promises_nothing_and_tells_no_sign(add):
    """Five cases of three districts: without the two of Wuchang, three are left. More of other districts try one another."""
    here = hd.growth_gap("industrial_value_added").intervals.loc[2020]
    assert here["high_pp"] < 0
    assert (here["sign"], here["method"]) == (
        "unknown",
        "such estimates were off by up to 4.1 points in 5 cases of 3 regions, too few to test",
    )
    assert pd.isna(here["promised_pct"])
    rows = [
        printed(region, "gdp", 2022, value, vintage=vintage, token=f"{value}%", locator=f"L{n}")
        for n, region in enumerate(["hanyang", "qingshan", "jianghan", "hongshan", "qiaokou", "jiangan"])
        for vintage, value in (("initial_estimate", 5.0), ("preliminary", 4.8))
    ]
    more = hd.growth_gap("industrial_value_added", data_dir=str(add("observations.csv", *rows)))
    found = more.intervals.loc[2020]
    assert (found["sign"], found["promised_pct"] > 80) == ("behind", True)
    assert "Implied for 2020 by how far such estimates were revised: Hanyang" in str(more.answer())


def test_a_gap_with_an_implied_side_is_the_interval_less_the_city():
    gap = hd.growth_gap("gdp")
    low, high = hd.trend("gdp").implied.query("measure == 'growth'").loc[2021, ["low", "high"]]
    assert gap.intervals.loc[2021, ["low_pp", "high_pp"]].tolist() == pytest.approx([low - 12.25, high - 12.15])
    assert list(hd.growth_gap("gdp", implied=False).intervals["kind"].unique()) == ["estimate"]
    counts = gap.table("counts").loc["GDP"]
    assert counts["Printed gaps"] == gap.yearly["gap_pp"].notna().sum()
    assert counts["Sign not known"] == 3


def test_nothing_is_compared_with_a_rate_on_a_comparable_basis():
    """The city's revenue of 2018 grew 11% on a comparable basis; the district's levels imply growth that is not on it."""
    assert 2018 in hd.trend("budget_revenue").implied.query("measure == 'growth'").index
    assert 2018 not in hd.growth_gap("budget_revenue").intervals.index


def test_a_target_is_met_where_the_whole_interval_lies_beyond_it():
    study = hd.target_shortfall("budget_revenue")
    row = study.implied.set_index(["indicator", "year"]).loc[("budget_revenue", 2018)]
    assert row["low"] > 10
    assert row["verdict"] == "met"
    assert "implied outturn of 2018" in str(study.answer())
    verdicts = study.implied.set_index(["indicator", "year"])["verdict"]
    assert verdicts[("gdp", 2021)] == "open"
    counts = study.table("counts").loc["Budget revenue"]
    assert counts[["Met", "Met, implied"]].tolist() == [1, 1]


def test_a_level_is_told_in_its_unit_and_not_in_percent(add):
    aims = [printed("hanyang", "gdp", year, 800.0, "level", concept="target", vintage="original") for year in (2019, 2022)]
    study = hd.target_shortfall("gdp", measure="level", data_dir=str(add("observations.csv", *aims)))
    assert study.table("implied")["Implied outturn"].tolist() == ["722.0 to 785.1", "776.0 to 843.8"]
    assert "722.0 to 785.1 (nominal coverage 89%" in str(study.answer("en"))
    assert "699" in study.implied.set_index("year").loc[2019, "method"]
    assert "level, CNY 100 million" in hd.trend("gdp").table("implied")["Implied"].tolist()


def test_results_and_tables_keep_printed_and_implied_apart(tmp_path):
    hd.trend("gdp").save(tmp_path, ["png"])
    content = json.loads((tmp_path / "results.json").read_text("utf-8"))
    assert {row["measure"] for row in content["numbers"]["implied"]} == {"growth", "level", "average"}
    assert sum(stretch["n"] for stretch in content["numbers"]["growth"].values()) == 3
    table = pd.read_csv(tmp_path / "implied.csv", encoding="utf-8-sig")
    assert {"Low", "High", "Nominal coverage, %", "From", "No interval", "Source"} <= set(table.columns)
    assert "implied" not in (tmp_path / "figures_on_record.csv").read_text("utf-8")


def test_what_rests_on_a_secondary_page_says_so():
    """Hanyang's 790 for 2021 stands on one unofficial page; Jiangxia's levels do not."""
    assert "if prices moved as in Wuhan and a secondary page is right" in str(hd.trend().answer("en"))
    assert "物价、二手资料" in str(hd.trend().answer("zh"))
    assert "secondary page is right" not in str(hd.growth_gap("gdp", "jiangxia").answer("en"))


def test_a_bound_that_tells_no_direction_stands_in_the_table_alone():
    """Hanyang's growth of 2018 over −1.2%, and over −9.2 pp from Wuhan's: neither figure nor answer speaks of them."""
    trend, gap = hd.trend("gdp", lang="zh"), hd.growth_gap("gdp", lang="zh")
    assert trend.implied.loc[2018, "low"].min() < 0 < trend.chart("growth_and_level").caption.alt.count("7.3–16.7")
    assert gap.intervals.loc[2018, "low_pp"] < 0
    drawn = [trend.chart("growth_and_level").caption, gap.chart("by_year").caption]
    assert not any(">−" in words.alt + words.said or "推算：2018" in words.alt for words in drawn)
    assert "空框：2021年一方为推算数" in drawn[1].note
    assert "−8.4至0。" in hd.growth_gap("budget_revenue", lang="zh").chart("by_year").caption.alt
