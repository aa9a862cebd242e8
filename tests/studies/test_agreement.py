"""Title, sentences, figure and table of a study say the same, whatever is asked."""

import itertools
import re

import pandas as pd
import pytest

import hanyang_data as hd
from hanyang_data.record.frames import stated
from hanyang_data.record.observations import default_dataset
from hanyang_data.studies.growth_gap import evidence as studies_gap
from hanyang_data.studies.growth_gap import evidence as yearly_of
from hanyang_data.studies.growth_gap import figure as figure_gap
from hanyang_data.studies.growth_gap import findings as gap_titles
from hanyang_data.studies.growth_gap import findings as tables_gap
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall import bases
from hanyang_data.studies.target_shortfall import evidence as studies_targets
from hanyang_data.studies.target_shortfall import figure as figure_shortfall
from hanyang_data.studies.target_shortfall import findings as tables_targets
from hanyang_data.studies.target_shortfall import findings as target_titles
from hanyang_data.studies.target_shortfall import ladder as steps
from hanyang_data.studies.trend import findings as trend_titles
from hanyang_data.studies.trend import findings as trends
from hanyang_data.studies.trend import study as figure_trend
from hanyang_data.studies.trend.other_figures import instead_of
from hanyang_data.words.wording import Text

REGIONS = ["hanyang", "wuhan", "wuchang", "hongshan", "jiangxia"]
INDICATORS = ["gdp", "industrial_value_added", "fixed_asset_investment", "retail_sales", "budget_revenue",
              "disposable_income", "new_urban_employment", "new_market_entities"]  # fmt: skip
SPEED = {"higher": "faster", "lower": "more slowly", "level": "about as fast"}
CASES = list(itertools.product(REGIONS, INDICATORS, ["first", "latest"]))


def years_of(text):
    """The years that a sentence names, spans such as 2019–2021 filled in."""
    found = re.findall(r"\b(20\d\d)(?:–(20\d\d))?", text)
    return sorted(year for start, end in found for year in range(int(start), int(end or start) + 1))


def count(text):
    """How many of how many: "3 of 6 years", "all 6", "none of 6"."""
    n = int(re.search(r"(?:of|all) (\d+) years", text)[1])
    return [n if "all" in text else 0 if "none" in text else int(re.search(r"(\d+) of", text)[1]), n]


@pytest.mark.parametrize(("region", "indicator", "vintage"), CASES)
def test_targets(region, indicator, vintage):
    for measure in hd.catalog().query("region == @region and indicator == @indicator and concept == 'target'")["measure"]:
        scope = Scope(region, indicator, 2017, 2024, vintage=vintage)
        study = studies_targets.shortfall_of(scope, measure=measure)
        table = tables_targets.by_year(scope, study, studies_targets.vintages_of(scope, measure))
        strict = table["Met, as stated"] if "Met, as stated" in table else pd.Series(dtype=str)
        met, missed = ([int(y) for y in strict.index[strict == verdict]] for verdict in ("met", "missed"))
        decided = len(met) + len(missed)
        title = target_titles.shortfall(scope, study.against_original, measure)
        if decided > 4:
            assert count(title.en) == [len(met), decided]
        elif decided:
            said = {"missed" if "missed" in part else "met": years_of(part) for part in re.split(", but ", title.en)}
            assert said == {verdict: years for verdict, years in (("met", met), ("missed", missed)) if years}
        else:
            assert re.search("can be judged in no year|on record", title.en)
        chart = figure_shortfall.by_year(scope, study, measure=measure)
        assert (chart.en.removesuffix(".") if isinstance(chart, Text) else chart.caption.title) == bases.on_pages(study, title).en
        assert study.against_original.n == decided
        assert study.against_original.hits.strict == len(met)
        ladder = steps.target_ladder(scope, ["wuhan", "wuchang"], measure)
        for name in ladder.studies:  # every region decided as in its own notebook
            own = studies_targets.shortfall_of(
                Scope(name, indicator, 2017, 2024, vintage=vintage), measure=measure
            ).against_original
            for year in ladder.table.index.intersection(list(own.judged)):
                short = ladder.table.at[year, f"short_{name}"]
                assert (short == 0) == (own.judged[year] == "met")


@pytest.mark.parametrize(("region", "indicator", "vintage"), [case for case in CASES if case[0] != "wuhan"])
def test_gaps(region, indicator, vintage):
    scope = Scope(region, indicator, 2017, 2024, comparator="wuhan", vintage=vintage)
    district, city = scope.pair()
    results = yearly_of.gap_by_segment(scope)
    yearly, bounds = yearly_of.by_year(scope), yearly_of.gap_bounds(*scope.pair())
    title = gap_titles.gap(scope, yearly, yearly_of.about_years(district, city), bounds)
    table = tables_gap.years_table(scope, studies_gap.by_year(scope), results)
    gaps = pd.to_numeric(table["Gap, pp"]).dropna() if "Gap, pp" in table else pd.Series(dtype=float)
    level = [int(y) for y in gaps.index if table.at[y, "Not told from zero"] == "yes"]
    sides = {"level": len(level)} | {
        side: sum(sign * gaps[y] > 0 for y in gaps.index if y not in level) for side, sign in (("lower", -1), ("higher", 1))
    }
    if not len(gaps) and not bounds:
        assert title.en.endswith("cannot be compared in 2017–2024")
    elif len(gaps) + len(bounds) <= 4:
        told = title.en.removesuffix("cannot be compared in 2017–2024")
        assert years_of(told) == sorted([*gaps.index, *(y for y in bounds if str(y) in told)])
        for size, side, year in re.findall(r"([\d.]+) pp (lower|higher) in (\d{4})", title.en):
            assert (abs(gaps[int(year)]), gaps[int(year)] > 0) == (float(size), side == "higher")
    elif not bounds:
        told = dict(re.findall(r"(lower|level|higher) in (\d+)", title.en))
        most = re.search(r"grew (faster|more slowly|about as fast) (?:than|as) .* in (\d+) of", title.en)
        if most:
            assert sides[{speed: side for side, speed in SPEED.items()}[most[1]]] == int(most[2])
        else:
            assert told == {side: str(k) for side, k in sides.items() if k} or f"all {len(gaps)}" in title.en
        assert all(sides[side] == 0 for side in ("higher", "lower") if f"never grew {SPEED[side]}" in title.en)
    assert figure_gap.by_year(scope, (district, city)).caption.title == title.en
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
    table = trends.series_table(scope, growth, level)
    title = trend_titles.headline(scope, growth, level)
    chart = figure_trend.growth_and_level(scope, growth, level, instead=instead_of(scope, growth))
    assert chart.caption.title == title.en
    for frame, head in ((growth, "Growth, %"), (level, "Level (")):
        column = next((c for c in table if str(c).startswith(head)), "")
        shown = pd.to_numeric(table[column]).dropna() if column else pd.Series(dtype=float)
        assert dict(shown) == dict(frame["value"].dropna())  # the table holds what the figure draws
        results = trends.trend_by_segment(frame, "rate" if frame is growth else "level")
        assert sum(r.n for r in results.values()) == stated(frame).size
    rates = stated(growth)
    if 0 < len(rates) <= 4:
        assert years_of(title.en.removesuffix(", the only year of 2017–2024 with a rate in numbers")) == [
            int(y) for y in rates.index
        ]
        told = re.findall(r"([\d.]+)%(?: \(secondary page\))? in (\d{4})|did not change in (\d{4})", title.en)
        assert {int(y or same): float(rate or 0) for rate, y, same in told} == dict(rates.abs())
    elif len(rates):
        assert re.search(r"on average in|in the \d years on record", title.en)
