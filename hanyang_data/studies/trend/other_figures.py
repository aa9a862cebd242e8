"""Figures beside the rates that are told: other readings of the same years, other bases, bounds and wordings."""

import pandas as pd

from hanyang_data.record.frames import stated
from hanyang_data.studies.captions import SERIES, also_printed
from hanyang_data.studies.marks import in_sentence, resting
from hanyang_data.studies.scope import Scope
from hanyang_data.words.messages import Text, messages
from hanyang_data.words.wording import NO_WORDS, listed, number

SAYS = messages(__name__)
FEW, LAST = 4, 2  # so many rates are named; of bounds and wordings


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


def worded(*frames: pd.DataFrame) -> Text:
    """The bounds and wordings printed in place of a number, the last years of them; empty where none is."""
    unstated = [f[~f.index.isin(stated(f).index) & f["qualifier"].ne("none")] for f in frames]
    rows = [(int(y), row) for f in unstated for y, row in f.iterrows()][-LAST:]
    said = [resting(SAYS.worded.format(year=y, what=in_sentence(row)), row["flag"]) for y, row in rows]
    return SAYS.printed.format(listed=listed(said, ";")) if said else NO_WORDS
