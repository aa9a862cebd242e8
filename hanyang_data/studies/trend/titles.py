"""What was found of a trend, in the few words of a title."""

from __future__ import annotations

import pandas as pd

from hanyang_data.record.frames import stated
from hanyang_data.studies.scope import Scope
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import UNITS, Text, number, within

SAYS = messages(__name__)


def trend(scope: Scope, growth: pd.DataFrame, level: pd.DataFrame) -> Text:
    """The last two growth figures, or the last two levels where there is no growth."""
    rates, levels = stated(growth).iloc[::-1].head(2), stated(level).iloc[::-1].head(2)
    # prices rise, they do not grow
    up = SAYS.rise if scope.dataset.indicators.loc[scope.indicator, "growth_basis"] == "rate" else SAYS.up
    facts = [(up if v >= 0 else SAYS.down).format(n=number(abs(v)), year=y) for y, v in rates.items()]
    if not facts and len(levels):
        unit = UNITS[level["unit"].iloc[0]]
        facts = [SAYS.at.format(n=number(v), unit=unit, year=y) for y, v in levels.items()]
    listed = Text(", ".join(f.en for f in facts), "，".join(f.zh for f in facts)) if facts else SAYS.bounds_only
    return SAYS.trend.format(region=scope.region_name, indicator=within(scope.indicator_name), facts=listed)
