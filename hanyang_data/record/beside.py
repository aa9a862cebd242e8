"""What stands beside a series: the same of other regions, the targets set for it, and levels of earlier years that it implies."""

from collections.abc import Sequence
from datetime import date
from itertools import compress
from typing import NamedTuple

import pandas as pd

from hanyang_data.errors import ParameterError, nearest
from hanyang_data.record import series
from hanyang_data.record.catalogue import check_region, series_ids
from hanyang_data.record.contract import BROKEN, HALF_DIGIT, UNMATCHED_GROWTH, half_of_last
from hanyang_data.record.frames import MISSING, every_year, stated, stated_rows, states
from hanyang_data.record.observations import Dataset, answered, default_dataset
from hanyang_data.record.series import ESTIMATE, MEASURED, MEASURES, WHOLE, by_year, frame_of, outturns, printed_rows
from hanyang_data.record.targets import Target, parse
from hanyang_data.record.values import several
from hanyang_data.record.vintages import as_other, choose, known_on
from hanyang_data.words.wording import number, rounded

TARGETS = ("original", "revised", "plan")
TARGET_COLUMNS = ["value", "value_high", "unit", "qualifier", "vintage", "published_on", "source_id", "flag", "wording"]
DERIVED, REAL, UNMATCHED, NEW_BASIS = "derived", "real_growth", "unmatched_growth", "new_basis"
ROUTES = ["value", "unit", "route", "level", "growth", "method", "published_on", "source_id", "flag"]
TARGET_ROUTES = ("original", "revised")  # a plan's growth is a yearly average and implies no base year


@answered
def pair(
    indicator: str, regions: tuple[str, str], measure: str = "growth", *, vintage: str = "latest",
    as_of: str | date | None = None, dataset: Dataset | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
    """The same series of two regions, year by year in the same kind of vintage where both have one.

    A first estimate beside a measured figure shows the revision and not the difference of the regions. In a year in which both
    have estimates and both measured figures, ``vintage`` decides; where only one kind is common, that kind is taken; where none
    is, each side has its own and the vintages tell. So with the bases (:func:`as_other`).

    Two frames as of :func:`load`, one row a year each.
    """
    data = dataset or default_dataset()
    sides = [known_on(printed_rows(data, indicator, region, measure, "outturn"), as_of) for region in regions]
    read = [list(zip(side["year"].tolist(), map(series.kind_of, side["vintage"].tolist()), strict=True)) for side in sides]
    common = set.intersection(*(set(compress(of, states(side))) for of, side in zip(read, sides, strict=True)))
    kinds = (MEASURED, ESTIMATE) if vintage == "first" else (ESTIMATE, MEASURED)  # of both the last one stands
    wanted = {year: kind for of in kinds for year, kind in common if kind == of}
    for place, side in enumerate(sides):
        fit = [row for row, (year, kind) in enumerate(read[place]) if wanted.get(year) in (None, kind)]
        sides[place] = side if len(fit) == len(side) else side.take(fit)
    frames = [
        frame_of(data, choose(as_other(side, other), vintage), *series_ids(indicator, region, data), measure, as_of)
        for side, other, region in zip(sides, reversed(sides), regions, strict=True)
    ]
    return frames[0], frames[1]


def compare(
    indicator: str, regions: Sequence[str], *, measure: str = "growth", vintage: str = "latest",
    as_of: str | date | None = None, period: str = WHOLE, dataset: Dataset | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Set the same series of several regions side by side; ``period`` as of :func:`load`.

    Returns:
        A frame indexed by ``year`` with one column per region, in the order asked for, and one row for every year from the
        first to the last that any of them states. A year that a region did not publish, or published as a bound or a wording
        only, is NaN: it is missing, not zero, and a step of one row is always a step of one year.

    Raises:
        UnknownIdError: for an unknown indicator or region.
        ParameterError: if no region is given or one is given twice.

    Example:
        >>> compare("gdp", ["hanyang", "wuhan"]).loc[2020].to_dict()
        {'hanyang': -8.0, 'wuhan': -4.7}
    """
    data = dataset or default_dataset()
    listed = [] if isinstance(regions, str) else [check_region(region, data) for region in several("regions", regions)]
    if not listed or len(set(listed)) != len(listed):
        raise ParameterError(f"regions is {regions!r}: give a list of different region ids")
    if vintage == "all":
        raise ParameterError("vintage is 'all': compare() needs one reading a year, first or latest")
    columns = {
        region: stated(outturns(indicator, region, measure, vintage=vintage, as_of=as_of, period=period, dataset=data))
        for region in listed
    }
    table = pd.DataFrame(columns).rename_axis("year")
    return table.reindex(list(range(table.index.min(), table.index.max() + 1))) if len(table) else table


class _Targets:
    """``hd.targets(…)`` reads the targets of a series; ``hd.targets.parse(…)`` reads one printed wording."""

    parse = staticmethod(parse)
    Target = Target

    def __call__(
        self, indicator: str, region: str = "hanyang", *, vintage: str = "original", measure: str = "growth",
        as_of: str | date | None = None, dataset: Dataset | None = None,
    ) -> pd.DataFrame:  # fmt: skip
        """Load the targets of one series.

        Args:
            indicator: id such as ``gdp``.
            region: id such as ``hanyang``.
            vintage: ``original`` (set for the year), ``revised`` (the city's post-COVID targets of 2020) or ``plan``
                (five-year plan).
            measure: ``growth`` or ``level``.
            as_of: day such as ``2021-06-30``: what was published later does not exist.
            dataset: another snapshot.

        Returns:
            A frame indexed by ``year`` with the columns of :func:`load`, ``value_high`` for ranges and ``wording``, the
            target as printed; one row for every year from the first to the last with a target, those between without one
            flagged ``missing`` as in :func:`load`.

        Raises:
            UnknownIdError: for an unknown indicator or region.
            ParameterError: for a vintage or measure that does not exist.

        Example:
            >>> targets("gdp", "hanyang").loc[2020, "wording"]
            '7%左右'
        """
        of = {"vintage": vintage, "measure": measure}
        return every_year(targets_set(indicator, region, **of, as_of=as_of, dataset=dataset))


targets = _Targets()


@answered
def targets_set(
    indicator: str, region: str, *, vintage: str = "original", measure: str = "growth", as_of: str | date | None = None,
    dataset: Dataset | None = None,
) -> pd.DataFrame:  # fmt: skip
    """The rows of :data:`targets` that stand on record, without the years between them."""
    if vintage not in TARGETS:
        raise ParameterError(f"target vintage is {vintage!r}: {nearest(vintage, TARGETS)}")
    data = dataset or default_dataset()
    indicator, region = series_ids(indicator, region, data)
    rows = printed_rows(data, indicator, region, measure, "target")
    rows = choose(rows[rows["vintage"] == vintage], "latest", as_of)
    # a cell that the text breaks over two lines is printed at neither; its note has it whole
    whole = rows["note"].str.extract(rf"cell (\S+) {BROKEN}")[0].fillna(rows["token"])
    frame = by_year(rows, TARGET_COLUMNS, flag=series.row_flags(rows), wording=whole.array)
    return series.labelled(frame, indicator, region, measure)


class Judging(NamedTuple):
    """The outturns that targets are judged by."""

    outturns: pd.DataFrame  # as of :func:`load`, without the years between
    other: pd.DataFrame  # of years printed as they are and on a comparable basis: the reading on the other basis
    open_years: frozenset[int]  # of these the years in which no text says on which basis the target is set


def judging(
    indicator: str, region: str, measure: str = "growth", *, vintage: str = "first", as_of: str | date | None = None,
    dataset: Dataset | None = None,
) -> Judging:  # fmt: skip
    """One outturn a year, in a year printed on two bases (as it is, and 可比口径) that on the basis of the target.

    The target says its basis by a word of its own, or by the outturn that stands beside it in the same text. Where neither does,
    the reading on the series' own basis is the outturn, as in :func:`load`, and the year is open.

    Example:
        >>> found = judging("budget_revenue", "wuchang")
        >>> found.outturns.loc[2022, "value"], found.other.loc[2022, "value"], found.open_years
        (np.float64(8.8), np.float64(-8.0), frozenset())
    """
    data = dataset or default_dataset()
    rows, aims = (known_on(printed_rows(data, indicator, region, measure, of), as_of) for of in ("outturn", "target"))
    secondary = rows["reliability"].eq("secondary")
    rows = rows[~secondary | ~rows["year"].isin(rows["year"][~secondary])]
    comparable, stated_ = rows["basis"].eq("comparable"), rows["value"].notna()
    two = set(rows["year"][comparable & stated_]) & set(rows["year"][~comparable & stated_])
    aims, of_target = aims[aims["vintage"].isin(TARGETS[:2])], dict[int, bool]()  # year → whether on a comparable basis
    for year in sorted(two):
        ours = aims[aims["year"].eq(year)]
        beside = comparable[rows["year"].eq(year) & rows["source_id"].isin(ours["source_id"])]
        said = {True} if ours["basis"].eq("comparable").any() else set(beside)
        if len(said) == 1:
            of_target[int(year)] = bool(said.pop())
    taken = comparable.eq(rows["year"].map(of_target).eq(True)) | ~rows["year"].isin(two)
    ids = series_ids(indicator, region, data)
    mine, other = (frame_of(data, choose(of, vintage), *ids, measure, as_of) for of in (rows[taken], rows[~taken]))
    return Judging(mine, other, frozenset(int(year) for year in two - of_target.keys()))


def target_objects(frame: pd.DataFrame, *, ceiling: bool = False) -> dict[int, Target]:
    """The rows of a :func:`targets` frame as objects, year by year."""
    low, high = frame["value"], frame["value_high"].where(frame["qualifier"] == "range", frame["value"])
    low = low.where(frame["qualifier"] != "within")
    high = high.where(~frame["qualifier"].isin(["at_least", "over"]))
    ends = pd.DataFrame({"low": low, "high": high}).astype(object)
    rows = frame.assign(**ends.where(ends.notna(), None), ceiling=ceiling)[frame["flag"] != MISSING]
    return {int(year): Target(**cells) for year, cells in rows[[*Target.__match_args__]].to_dict("index").items()}


def implied_bases(
    indicator: str, region: str = "hanyang", *, as_of: str | date | None = None, dataset: Dataset | None = None
) -> pd.DataFrame:
    """The level of the year before that a printed level and its printed growth imply, by every route the record offers.

    A route is one text that prints both for the same year: an outturn, an original or a revised target. Texts are never mixed.

    A frame indexed by ``year``, the implied one, one row a route: ``value`` = level / (1 + growth) in ``unit``, rounded;
    ``route`` (an outturn's vintage, or original_target, revised_target); ``level`` and ``growth`` as printed; ``method`` in
    figures; ``published_on`` and ``source_id``; ``flag``: ``derived``, with ``real_growth`` where growth is at constant prices
    and the level at current ones, so that the value is off by a year's inflation, ``unmatched_growth`` where published growth
    need not match the ratio of levels (investment), and ``new_basis`` where the next year is the first on a new basis, so that
    the value stands on that basis too. A rate on a comparable basis implies nothing for a level that is not.
    """
    data = dataset or default_dataset()
    indicator, region = series_ids(indicator, region, data)
    printed = [printed_rows(data, indicator, region, of, concept) for of in MEASURES for concept in ("outturn", "target")]
    return routes(data, pd.concat(printed), as_of)[ROUTES]


def routes(data: Dataset, rows: pd.DataFrame, as_of: str | date | None = None) -> pd.DataFrame:
    """The routes of :func:`implied_bases` in annual observations of one or more series, with ``region`` and ``indicator``."""
    known = known_on(data.breaks[data.breaks["region"].isin(rows["region"].unique())], as_of)
    new = set(zip(known["region"], known["indicator"], known["first_year"], strict=True))
    keys = ["region", "indicator", "year", "source_id", "concept", "vintage"]
    rows = stated_rows(known_on(rows, as_of)).drop_duplicates([*keys, "measure"])
    level, growth = (rows[rows["measure"].eq(of)] for of in ("level", "growth"))
    both = level.merge(growth[[*keys, "value", "basis"]], on=keys, suffixes=("", "_growth"))
    both = both[both["concept"].eq("outturn") | both["vintage"].isin(TARGET_ROUTES)]
    both = both[both["basis"].eq("comparable") == both["basis_growth"].eq("comparable")]
    real = set(data.indicators.index[data.indicators["growth_basis"].eq("real")])
    implied = [
        {
            "year": row.year - 1, "value": rounded(row.value / (1 + row.value_growth / 100), 2), "unit": row.unit,
            "route": row.vintage if row.concept == "outturn" else f"{row.vintage}_target",
            "level": row.value, "growth": row.value_growth, "method": f"{number(row.value)} / (1 {signed(row.value_growth)}%)",
            "published_on": row.published_on, "source_id": row.source_id,
            "flag": " ".join([
                DERIVED, *[REAL] * (row.indicator in real), *[UNMATCHED] * (row.indicator in UNMATCHED_GROWTH),
                *[NEW_BASIS] * ((row.region, row.indicator, row.year) in new),
            ]),
            "region": row.region, "indicator": row.indicator,
        }
        for row in both.itertuples()
    ]  # fmt: skip
    columns = ["year", *ROUTES, "region", "indicator"]
    return pd.DataFrame(implied, columns=columns).set_index("year").sort_index(kind="stable")


def with_implied_bases(
    frame: pd.DataFrame, indicator: str, region: str, as_of: str | date | None, dataset: Dataset
) -> pd.DataFrame:
    """A level frame of :func:`load` with a row for each implied year of which nothing is printed, and how it was computed.

    The frame with the columns ``low`` and ``high`` (over all routes, as far as the rounding of level and growth leaves each
    open), ``method`` and ``inputs`` besides. How far such relations were off where all was printed is no part of these two: the
    interval of :func:`hanyang_data.derived.implied` holds it, and is wider. Of a nominal series ``value`` is that of the
    outturn's route; where growth is real or unmatched it is NaN and the range alone stands.
    """
    implied = implied_bases(indicator, region, as_of=as_of, dataset=dataset)
    implied = implied[~implied["flag"].str.contains(NEW_BASIS) & ~implied.index.isin(frame.index)]
    rows = {year: _one_year(group) for year, group in implied.groupby(level=0)}
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
    # the least and the most that level and growth may imply before they were rounded for print
    low, high = (
        [
            (of.level + side * half_of_last(of.level, of.unit)) / (1 + (of.growth - side * HALF_DIGIT) / 100)
            for of in routes.itertuples()
        ]
        for side in (-1, 1)
    )
    return {
        **main[["unit", "published_on", "source_id", "flag"]], "value": float("nan") if rough else main["value"],
        "qualifier": "range" if rough else "point", "vintage": DERIVED,
        "low": rounded(min(low), 2), "high": rounded(max(high), 2),
        "method": "level / (1 + growth)", "inputs": "; ".join(shown),
    }  # fmt: skip


def signed(rate: float) -> str:
    """A rate as a method is written: + 5, − 3."""
    return f"{'-' if rate < 0 else '+'} {number(abs(rate))}"
