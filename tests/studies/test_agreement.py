"""Title, sentences, figure and table of a study say the same, whatever is asked."""

import itertools
import re

import pandas as pd
import pytest

import hanyang_data as hd
from hanyang_data.record.frames import stated
from hanyang_data.record.observations import default_dataset
from hanyang_data.studies import tables
from hanyang_data.studies.growth_gap import evidence as studies_gap
from hanyang_data.studies.growth_gap import figure as figure_gap
from hanyang_data.studies.growth_gap import tables as tables_gap
from hanyang_data.studies.growth_gap import titles as gap_titles
from hanyang_data.studies.growth_gap import yearly as yearly_of
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall import evidence as studies_targets
from hanyang_data.studies.target_shortfall import figure as figure_shortfall
from hanyang_data.studies.target_shortfall import judged
from hanyang_data.studies.target_shortfall import tables as tables_targets
from hanyang_data.studies.target_shortfall import titles as target_titles
from hanyang_data.studies.trend import evidence as trends
from hanyang_data.studies.trend import figure as figure_trend
from hanyang_data.studies.trend import titles as trend_titles

REGIONS = ["hanyang", "wuhan", "wuchang", "hongshan", "jiangxia"]
INDICATORS = ["gdp", "industrial_value_added", "fixed_asset_investment", "retail_sales", "budget_revenue",
              "disposable_income", "new_urban_employment", "new_market_entities"]  # fmt: skip
CASES = list(itertools.product(REGIONS, INDICATORS, ["first", "latest"]))


def numbers(text):
    """The counts of a title; "none" and "all" are the first of two."""
    words = text.replace("none of", "0 of")
    words = re.sub(r"all (\d+)", r"\1 of \1", words)
    return [int(n) for n in re.findall(r"\b(\d{1,2})\b(?! ?%| pp)", words)]


@pytest.mark.parametrize(("region", "indicator", "vintage"), CASES)
def test_targets(region, indicator, vintage):
    for measure in hd.catalog().query("region == @region and indicator == @indicator and concept == 'target'")[
        "measure"
    ]:
        scope = Scope(region, indicator, 2017, 2024, vintage=vintage)
        study = judged.shortfall_of(scope, measure)
        table = tables_targets.by_year(scope, study, studies_targets.vintages_of(scope, measure))
        strict = table["Strict"] if "Strict" in table else pd.Series(dtype=str)
        met, decided = (strict == "met").sum(), strict.isin(["met", "missed"]).sum()
        title = target_titles.shortfall(scope, study.against_original)
        if decided > 1:
            assert numbers(title.en) == [met, decided]
        elif decided:
            assert f"target {strict[strict.isin(['met', 'missed'])].iloc[0]} in" in title.en
        else:
            assert "no year can be judged" in title.en
        chart = figure_shortfall.by_year(scope, study, measure=measure)
        assert chart.caption.title == title.en
        assert study.against_original.n == decided
        said = study.against_original.verdict.en
        assert decided < 5 or f"met in {met} of {decided} years" in said
        ladder = studies_targets.target_ladder(scope, ["wuhan", "wuchang"], measure)
        for name in ladder.names:  # every region decided as in its own notebook
            own = judged.shortfall_of(Scope(name, indicator, 2017, 2024, vintage=vintage), measure).against_original
            for year in ladder.table.index.intersection(list(own.judged)):
                short = ladder.table.at[year, f"short_{name}"]
                assert (short == 0) == (own.judged[year] == "met")


@pytest.mark.parametrize(("region", "indicator", "vintage"), [case for case in CASES if case[0] != "wuhan"])
def test_gaps(region, indicator, vintage):
    scope = Scope(region, indicator, 2017, 2024, comparator="wuhan", vintage=vintage)
    district, city = scope.pair()
    results = yearly_of.gap_by_segment(scope)
    yearly, bounds = yearly_of.yearly_gaps(results), yearly_of.one_sided_gaps(results)
    title = gap_titles.gap(scope, yearly, yearly_of.about_years(district, city), bounds)
    table = tables_gap.years_table(scope, studies_gap.by_year(scope, yearly, district, city), results)
    gaps = pd.to_numeric(table["Gap, pp"]).dropna() if "Gap, pp" in table else pd.Series(dtype=float)
    told = table["Not told from zero"] if len(gaps) else pd.Series(dtype=str)
    level = (told == "yes").sum()
    if len(gaps) > 1 and not bounds:
        counted = dict(re.findall(r"(lower|level|higher) in (?:all )?(\d+)", title.en)[::-1])
        assert int(counted.get("level", 0)) == level
        assert int(counted.get("lower", 0)) == ((gaps < 0) & (told[gaps.index] == "no")).sum()
    elif not len(gaps) and not bounds:
        assert title.en.startswith("No year with comparable growth")
    assert figure_gap.by_year(scope, district, city, results).caption.title == title.en
    assert sum(result.n for result in results.values()) == len(gaps)


def test_every_share_is_one_of_levels_that_are_printed():
    scope = Scope("hanyang", "gdp", 2017, 2024, comparator="wuhan")
    shares = studies_gap.shares_of(scope, INDICATORS)
    for row in shares.itertuples():
        both = [hd.load(row.indicator, region, "level", vintage="all") for region in ("hanyang", "wuhan")]
        parts = [frame.loc[[row.year], "value"] for frame in both]
        assert any(abs(100 * a / b - row.share_pct) < 1e-9 for a in parts[0] for b in parts[1])
    assert set(shares["indicator"]) <= set(default_dataset().indicators.index)


@pytest.mark.parametrize(("region", "indicator", "vintage"), CASES)
def test_trends(region, indicator, vintage):
    scope = Scope(region, indicator, 2017, 2024, vintage=vintage)
    growth, level = scope.outturns("growth"), scope.outturns("level")
    table = tables.series_table(scope, growth, level)
    title = trend_titles.trend(scope, growth, level)
    chart = figure_trend.growth_and_level(scope, growth, level, instead=trends.instead_of(scope, growth))
    assert chart.caption.title == title.en
    for frame, head in ((growth, "Growth, %"), (level, "Level (")):
        column = next((c for c in table if str(c).startswith(head)), "")
        shown = pd.to_numeric(table[column]).dropna() if column else pd.Series(dtype=float)
        assert dict(shown) == dict(frame["value"].dropna())  # the table holds what the figure draws
        results = trends.trend_by_segment(frame, "rate" if frame is growth else "level")
        assert sum(r.n for r in results.values()) == stated(frame).size
    for year, rate in re.findall(r"(?:up|down) ([\d.]+)% in (\d{4})", title.en):
        assert abs(growth.loc[int(rate), "value"]) == float(year)
