"""Figures beside the rates that are told, or in their place: targets, other readings, bounds and wordings, doubts."""

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import NamedTuple

import pandas as pd

from hanyang_data.record.frames import STATED, stated
from hanyang_data.record.series import PARTS
from hanyang_data.record.vintages import known_on
from hanyang_data.studies.captions import SERIES, also_printed
from hanyang_data.studies.implied import Implied
from hanyang_data.studies.marks import in_sentence, resting
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.unprinted import NONE
from hanyang_data.words.messages import Text, messages
from hanyang_data.words.wording import NO_WORDS, listed, named_years, number

SAYS = messages(__name__)
PRINTED, OF_GROWTH = SAYS.printed, SAYS.printed_growth
FEW, LAST = 4, 2  # so many rates are named; of bounds and wordings


class Instead(NamedTuple):
    """What is on record of growth for years without an annual outturn."""

    targets: pd.DataFrame  # the original targets with a number
    parts: pd.DataFrame  # the longest part of the year that is printed (``period``: q1_q3, h1 or q1)
    implied: Mapping[str, Sequence[Implied]]  # what printed figures imply: growth, level and average


def instead_of(scope: Scope, growth: pd.DataFrame, implied: Mapping[str, Sequence[Implied]] = NONE) -> Instead:
    """Targets and parts of a year, for the years of the window in which no outturn of growth is on record."""
    targets = scope.targets()
    targets = targets[targets["value"].notna() & ~targets.index.isin(growth.index)]
    obs = known_on(scope.dataset.observations, scope.as_of)
    ours = obs[
        obs["region"].eq(scope.region) & obs["indicator"].eq(scope.indicator) & obs["measure"].eq("growth")
        & obs["concept"].eq("outturn") & obs["period"].isin(PARTS) & obs["value"].notna()
        & obs["year"].isin(set(scope.years) - {*growth.index})
    ]  # fmt: skip
    longest_first = ours.assign(rank=ours["period"].map(PARTS.index)).sort_values(["year", "rank"], kind="stable")
    return Instead(targets, longest_first.drop_duplicates("year").set_index("year").assign(flag=""), implied)


def otherwise(scope: Scope, growth: pd.DataFrame) -> Text:
    """The growth that other texts print for the same years, or the same text on a comparable basis; empty where none does."""
    found = also_printed(scope, growth.assign(**{key: growth.attrs[key] for key in SERIES}), "%")
    told = [SAYS.of_year.format(year=of["year"], n=listed(others)) for of, others in found]
    return SAYS.otherwise.format(listed=listed(told, "and")) if told else NO_WORDS


def not_averaged(rates: pd.Series, averaged: pd.Series) -> Text:
    """The rates that an average leaves out because a break parts them from it; empty where there is none, or where many are."""
    rest = rates.drop(averaged.index, errors="ignore")
    told = [SAYS.of_year.format(year=year, n=Text(*[number(value) + "%"] * 2)) for year, value in rest.items()]
    return SAYS.not_averaged.format(listed=listed(told, "and")) if 0 < len(told) <= FEW else NO_WORDS


def extremes(growth: pd.DataFrame) -> dict[str, list[int]]:
    """The years of the ``low`` and the ``high`` rate: a bound beyond all numbers, else the number and the bounds that may be."""
    found = {}
    for end, sign, words in (("low", -1, ["within"]), ("high", 1, ["at_least", "over"])):
        known = growth[growth["qualifier"].isin([*STATED, *words]) & growth["value"].notna()]
        most = int((sign * known["value"]).idxmax())
        open_ = known.index[known["qualifier"].isin(words)].tolist() if known.at[most, "qualifier"] in STATED else []
        found[end] = [most, *open_]
    return found


def one_of(growth: pd.DataFrame, years: Sequence[int]) -> Text:
    """Rates as printed, each with its year: 10.5% (2021) or at least 10% (2018)."""
    told = [resting(SAYS.in_year.format(n=in_sentence(growth.loc[year]), year=year), growth.at[year, "flag"]) for year in years]
    return reduce(lambda first, last: SAYS.either.format(first=first, last=last), told)


def doubt(frame: pd.DataFrame) -> Text:
    """That the record doubts the number of a year; empty where it doubts none."""
    flags = frame.loc[stated(frame).index, "flag"].str.split()
    years = [year for year, words in flags.items() if "flagged" in words]
    return SAYS.doubt.format(years=named_years(years)) if years else NO_WORDS


def worded(frame: pd.DataFrame, says: Text = PRINTED) -> Text:
    """The bounds and wordings printed in place of a number, the last years of them; empty where none is."""
    rows = frame[~frame.index.isin(stated(frame).index) & frame["qualifier"].ne("none")].tail(LAST)
    said = [resting(SAYS.worded.format(year=year, what=in_sentence(row)), row["flag"]) for year, row in rows.iterrows()]
    return says.format(listed=listed(said, ";")) if said else NO_WORDS
