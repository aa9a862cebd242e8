"""Levels that a printed level and its growth imply for the year before: computed on request, never stored."""

from datetime import date

import pandas as pd

from hanyang_data.record.catalogue import series_ids
from hanyang_data.record.contract import UNMATCHED_GROWTH
from hanyang_data.record.frames import stated_rows
from hanyang_data.record.observations import Dataset, default_dataset
from hanyang_data.record.series import breaks, printed_rows
from hanyang_data.record.vintages import known_on
from hanyang_data.words.wording import number

DERIVED, REAL, UNMATCHED, NEW_BASIS = "derived", "real_growth", "unmatched_growth", "new_basis"
ROUTES = ["value", "unit", "route", "level", "growth", "method", "published_on", "source_id", "flag"]
TARGET_ROUTES = ("original", "revised")  # a plan's growth is a yearly average and implies no base year


def implied_bases(
    indicator: str, region: str = "hanyang", *, as_of: str | date | None = None, dataset: Dataset | None = None
) -> pd.DataFrame:
    """The level of the year before that a printed level and its printed growth imply, by every route the record offers.

    A route is one text that prints both for the same year: an outturn, an original or a revised target. Texts are never mixed.

    A frame indexed by ``year``, the implied one, one row a route: ``value`` = level / (1 + growth) in ``unit``, two decimals;
    ``route`` (an outturn's vintage, or original_target, revised_target); ``level`` and ``growth`` as printed; ``method`` in
    figures; ``published_on`` and ``source_id``; ``flag``: ``derived``, with ``real_growth`` where growth is at constant prices
    and the level at current ones, so that the value is off by a year's inflation, ``unmatched_growth`` where published growth
    need not match the ratio of levels (investment), and ``new_basis`` where the next year is the first on a new basis, so that
    the value stands on that basis too. A rate on a comparable basis implies nothing for a level that is not.
    """
    data = dataset or default_dataset()
    indicator, region = series_ids(indicator, region, data)
    first_years = set(breaks(indicator, region, as_of=as_of, dataset=data)["first_year"])
    warning = [REAL] * bool(data.indicators.at[indicator, "growth_basis"] == "real")
    warning += [UNMATCHED] * (indicator in UNMATCHED_GROWTH)
    keys = ["year", "source_id", "concept", "vintage"]
    sides = []
    for measure in ("level", "growth"):
        rows = [printed_rows(data, indicator, region, measure, concept) for concept in ("outturn", "target")]
        sides.append(stated_rows(known_on(pd.concat(rows), as_of)).drop_duplicates(keys))
    both = sides[0].merge(sides[1][[*keys, "value", "basis"]], on=keys, suffixes=("", "_growth"))
    both = both[both["concept"].eq("outturn") | both["vintage"].isin(TARGET_ROUTES)]
    both = both[both["basis"].eq("comparable") == both["basis_growth"].eq("comparable")]
    implied = [
        {
            "year": row.year - 1, "value": round(row.value / (1 + row.value_growth / 100), 2), "unit": row.unit,
            "route": row.vintage if row.concept == "outturn" else f"{row.vintage}_target",
            "level": row.value, "growth": row.value_growth, "method": f"{number(row.value)} / (1 {signed(row.value_growth)}%)",
            "published_on": row.published_on, "source_id": row.source_id,
            "flag": " ".join([DERIVED, *warning, *[NEW_BASIS] * (row.year in first_years)]),
        }
        for row in both.itertuples()
    ]  # fmt: skip
    return pd.DataFrame(implied, columns=["year", *ROUTES]).set_index("year").sort_index(kind="stable")


def with_implied_bases(
    frame: pd.DataFrame, indicator: str, region: str, as_of: str | date | None, dataset: Dataset
) -> pd.DataFrame:
    """A level frame of :func:`load` with a row for each implied year of which nothing is printed, and how it was computed.

    The frame with the columns ``low`` and ``high`` (over all routes), ``method`` and ``inputs`` besides. Of a nominal series
    ``value`` is that of the outturn's route; where growth is real or unmatched it is NaN and the range alone stands.
    """
    routes = implied_bases(indicator, region, as_of=as_of, dataset=dataset)
    routes = routes[~routes["flag"].str.contains(NEW_BASIS) & ~routes.index.isin(frame.index)]
    rows = {year: _one_year(group) for year, group in routes.groupby(level=0)}
    extra = pd.DataFrame.from_dict(rows, orient="index", columns=[*frame.columns, "low", "high", "method", "inputs"])
    if extra.empty:
        return frame.assign(low=float("nan"), high=float("nan"), method="", inputs="")
    whole = pd.concat([frame, extra]).sort_index(kind="stable").rename_axis("year")
    return whole.fillna({"method": "", "inputs": ""})


def _one_year(routes: pd.DataFrame) -> dict[str, object]:
    """All routes to one year in one row; the outturn's comes first."""
    ordered = routes.sort_values("route", key=lambda s: s.str.endswith("_target"), kind="stable")
    main = ordered.iloc[0]
    rough = bool({REAL, UNMATCHED} & set(main["flag"].split()))
    shown = [f"{row.method} = {number(row.value)} ({row.route.replace('_', ' ')})" for row in ordered.itertuples()]
    return {
        **main[["unit", "published_on", "source_id", "flag"]],
        "value": float("nan") if rough else main["value"],
        "qualifier": "range" if rough else "point",
        "vintage": DERIVED,
        "low": routes["value"].min(),
        "high": routes["value"].max(),
        "method": "level / (1 + growth)",
        "inputs": "; ".join(shown),
    }


def signed(rate: float) -> str:
    """A rate as a method is written: + 5, − 3."""
    return f"{'-' if rate < 0 else '+'} {number(abs(rate))}"
