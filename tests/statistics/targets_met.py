"""The national growth targets and their outturns, and how a single year is judged."""

from hanyang_data.record.targets import Target, parse
from hanyang_data.statistics import shortfall

READINGS = ["verdict_strict", "verdict_about_025", "verdict_about_050"]
# national growth targets and first published outturns, 2012-2025 (METHODS 0 and S4)
NATION = {
    2012: ("7.5%", 7.8), 2013: ("7.5%左右", 7.7), 2014: ("7.5%左右", 7.4), 2015: ("7%左右", 6.9),
    2016: ("6.5%—7%", 6.7), 2017: ("6.5%左右", 6.9), 2018: ("6.5%左右", 6.6), 2019: ("6%—6.5%", 6.1),
    2020: ("无", 2.3), 2021: ("6%以上", 8.1), 2022: ("5.5%左右", 3.0), 2023: ("5%左右", 5.2),
    2024: ("5%左右", 5.0), 2025: ("5%左右", 5.0),
}  # fmt: skip
OUTTURNS = {year: outturn for year, (_, outturn) in NATION.items()}
TARGETS = {year: parse(wording) for year, (wording, _) in NATION.items()}


def one(outturn, wording, **changes):
    target = parse(wording)
    target = Target(target.low, target.high, target.qualifier, unit=target.unit, ceiling=changes.get("ceiling", target.ceiling))
    return shortfall.analyse({2021: outturn}, {2021: target}).table.loc[2021]
