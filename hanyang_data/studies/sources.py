"""The source line of a figure, computed from the rows that are drawn: their publishers."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from hanyang_data.studies.scope import Scope
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Text, spanned

SAYS = messages(__name__)

FEW, MAIN = 3, 2  # publishers that are all named; named where there are more


def source_ids(frames: Sequence[pd.DataFrame]) -> tuple[str, ...]:
    """The sources of all rows, each once."""
    return tuple(dict.fromkeys(str(id_) for frame in frames for id_ in frame["source_id"]))


def source(scope: Scope, frames: Sequence[pd.DataFrame]) -> Text:
    """The publishers in a line, those of most texts first, and from when to when; the titles stand in the list of sources."""
    ids = list(source_ids(frames))
    if not ids:
        return SAYS.no_source
    used = scope.dataset.sources.loc[ids].sort_values("known_from", kind="stable")
    chinese = used["publisher_zh"].where(used["publisher_zh"] != "", used["publisher"])
    ranked = used.assign(zh=chinese).groupby(["publisher", "zh"], sort=False).size()
    named = list(ranked.sort_values(ascending=False, kind="stable").index)
    shown = named if len(named) <= FEW else named[:MAIN]
    # one publisher in English may be two in Chinese, which names the page that carried the text
    names = Text("; ".join(dict.fromkeys(en for en, _ in shown)), "、".join(dict.fromkeys(zh for _, zh in shown)))
    first, last = (str(day)[:4] for day in used["published_on"].iloc[[0, -1]])
    years = spanned(first if first == last else f"{first}–{last}")
    rest = len(named) - len(shown)
    fills = {"names": names, "years": Text(years.en, f"{years.zh}年")}
    return SAYS.many.format(**fills, k=rest) if rest else SAYS.source.format(**fills)
