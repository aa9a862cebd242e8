"""The source line of a figure, computed from the rows that are drawn: in full where they are few, else by publisher."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from hanyang_data.record.catalogue import cite
from hanyang_data.studies.scope import Scope
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Text

SAYS = messages(__name__)

FEW_TEXTS, FEW_PUBLISHERS, MAIN = 6, 6, 3  # as many are cited in full, named, or named besides the others


def source_ids(frames: Sequence[pd.DataFrame]) -> tuple[str, ...]:
    """The sources of all rows, each once."""
    return tuple(dict.fromkeys(str(id_) for frame in frames for id_ in frame["source_id"]))


def source(scope: Scope, frames: Sequence[pd.DataFrame]) -> Text:
    """The texts in full where they are few; else their publishers, or the main ones: a list may not outgrow the figure."""
    ids = list(source_ids(frames))
    if not ids:
        return SAYS.no_source
    if len(ids) <= FEW_TEXTS:
        return Text(*(SAYS.source.to(lang).format(cited=cite(ids, lang, scope.dataset)) for lang in ("en", "zh")))
    used = scope.dataset.sources.loc[ids].sort_values("known_from", kind="stable")
    chinese = used["publisher_zh"].where(used["publisher_zh"] != "", used["publisher"])
    by_texts = used.assign(zh=chinese).groupby(["publisher", "zh"], sort=False).size()
    ranked = by_texts.sort_values(ascending=False, kind="stable").index
    shown = ranked if len(ranked) <= FEW_PUBLISHERS else ranked[:MAIN]
    # one publisher in English may be two in Chinese, which names the page that carried the text
    names = Text("; ".join(dict.fromkeys(en for en, _ in shown)), "；".join(dict.fromkeys(zh for _, zh in shown)))
    days = used["published_on"]
    rest = len(ranked) - len(shown)
    told = {"names": names, "n": len(used), "first": days.iloc[0], "last": days.iloc[-1]}
    return SAYS.by_count.format(**told, k=rest) if rest else SAYS.by_publisher.format(**told)
