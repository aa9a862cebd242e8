"""What was found of a gap, in sentences and in tables: headlines, what an economist asks next, blanks explained."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from hanyang_data.statistics.gap import ROUNDING_PP, GapResult
from hanyang_data.statistics.interval import Interval
from hanyang_data.studies import inference
from hanyang_data.studies.growth_gap.evidence import Segments, chains, flags_of, gap_bounds, on_secondary_pages, share_ends
from hanyang_data.studies.marks import resting
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import headed, p_words
from hanyang_data.words import wording
from hanyang_data.words.messages import Text, messages
from hanyang_data.words.wording import NO_WORDS, as_read, clauses, extent, full_stop, listed, named_years, number, printed, within

SAYS = messages(__name__)
HEADS, COUNTED, NEVER, BLANKS = SAYS.each("heads"), SAYS.each("counted"), SAYS.each("never"), SAYS.each("blanks")
MOVED, ADDS_UP = SAYS.each("moved"), SAYS.each("adds_up")
YEARLY = ["district_pct", "city_pct", "vintage", "gap_pp", "bound", "within_rounding", "index", "low", "high", "later",
          "blank"]  # fmt: skip
LISTED = 4  # so many gaps are named one by one; more are counted
ROUNDED = Interval(-ROUNDING_PP, ROUNDING_PP)  # a bound that is not beyond it tells no gap from zero
WIDE_PP = 1.0  # a band wider than this is said as a range


def gap(
    scope: Scope, yearly: pd.DataFrame, about: Sequence[int] = (), bounds: Mapping[int, Interval] = MappingProxyType({})
) -> Text:
    """Up to four gaps in the order of years; of more, in how many years the region grew more slowly, alike, faster."""
    decided = {year: "higher" if found.high > 0 else "lower" for year, found in bounds.items() if found.apart(ROUNDED)}
    sides = pd.concat([_sides(yearly), pd.Series(decided, dtype="str")]).sort_index()
    flags = flags_of(scope).reindex(sides.index)
    if sides.empty:
        return SAYS["no_pair", _nature(scope)].format(**scope.said)
    if len(sides) <= LISTED:
        said, before = [], ""
        for year, side in sides.items():
            full = _one(yearly, int(year), side, about, bounds)
            brief = SAYS.again.format(year=year) if side == before == "level" else full
            said.append(resting(Text(brief.en, full.zh), flags[year]))
            before = side
        return SAYS.listed.format(**scope.said, facts=clauses(said))
    return resting(_counted(scope, sides), *flags, years=list(sides.index))


def _counted(scope: Scope, sides: pd.Series) -> Text:
    """In how many years the region grew more slowly, alike, faster."""
    counts = {side: int((sides == side).sum()) for side in COUNTED if (sides == side).any()}
    if len(counts) == 1:
        return SAYS["every", next(iter(counts))].format(**scope.said, n=len(sides))
    facts = clauses([COUNTED[side].format(k=k) for side, k in counts.items()])
    most = max(counts, key=counts.__getitem__)
    mostly = SAYS["mostly", most] if 2 * counts[most] > len(sides) else SAYS.counts
    never = next((NEVER[side] for side in NEVER if side not in counts), mostly)
    return never.format(k=counts[most], **scope.said, facts=facts, n=len(sides))


def sentences(scope: Scope, year: int, pairs_table: pd.DataFrame, results: Segments, blank: pd.Series) -> Iterator[Text]:
    """How sure one can be, what the years add up to, the other indicators, and what does not compare.

    What limits the finding comes before what adds to it, which may find no room in an answer.
    """
    n, compared = sum(r.n for r in results.values()), pairs_table["gap_pp"].dropna().index
    others = [full_stop(pairs(scope, year, pairs_table))] * (len(compared) > 1 or scope.indicator not in compared)
    if not n:
        yield from (_not_compared(scope, blank), *others)
        return
    runs = [r for r in results.values() if len(r.cumulative_pct) > 2]  # what the last one adds up to, where that is not open
    adds_up = _sum(scope, runs[-1], ADDS_UP) if runs and _moved(runs[-1]) != "alike" else NO_WORDS
    few = SAYS.no_pattern if n <= LISTED else NO_WORDS
    yield from (_mean(results), adds_up, *others, few, _not_compared(scope, blank))


def pairs(scope: Scope, year: int, table: pd.DataFrame) -> Text:
    """On how many indicators the region was ahead in one year, by more than rounding."""
    sides = _sides(table)
    k, n = int((sides == "higher").sum()), len(sides)
    names = {**scope.said, "year": year, "k": k, "n": n}
    if n < 2:
        only = {"indicator": within(scope.name_of(str(sides.index[0])))} if n else {}
        found = (SAYS["one_pair", sides.iloc[0]] if n else SAYS.no_pairs).format(**names | only)
    else:
        level = int((sides == "level").sum())
        alike = "lower" if not level else "level" if level == n else ""
        none_ahead = "both_" * (n == 2) + alike if alike else "mixed"
        found = SAYS["pairs", extent(k, n) if k else none_ahead].format(**names, level=level, lower=n - level)
    return resting(found, *(flags_of(scope, str(id_))[year] for id_ in sides.index))


def _one(yearly: pd.DataFrame, year: int, side: str, about: Sequence[int], bounds: Mapping[int, Interval]) -> Text:
    """The gap of one year: 3.3 pp lower in 2020, about the same in 2023."""
    if year in bounds:
        n = bounds[year].words("pp")
        return SAYS["bounded", side].format(year=year, n=n) if n.en else SAYS["unsized", side].format(year=year)
    value = float(yearly["gap_pp"][year])
    near = "equal" if side == "level" and value == 0 and year not in about else side
    return SAYS["sides", near].format(n=number(abs(value), 1), year=year)


def _moved(result: GapResult) -> str:
    """Whether the region gained or lost over a run, or neither for certain."""
    value = float(result.cumulative_pct.iloc[-1])
    low, high = result.rounding_band_pp or (value, value)
    return "alike" if low <= 0 <= high else "gained" if value > 0 else "lost"


def _sum(scope: Scope, result: GapResult, wordings: Mapping[str, Text]) -> Text:
    """What a run adds up to as title and answer say it, and from which year, the base, to which: about 1 to 3%."""
    value = float(result.cumulative_pct.iloc[-1])
    n, band = Text(*[number(abs(value), 1) + "%"] * 2), result.rounding_band_pp or (value, value)
    if band[1] - band[0] > WIDE_PP:
        ends = sorted(map(abs, band))  # 0.2 is not 0: that would say that there may be none, and so would a low end of 0
        low, high = (number(end, 1 if 0.05 <= end < 1 else 0) for end in ends)
        n = SAYS["about", "to" if low != "0" else "up_to"].format(low=low, high=high)
    told = {"n": n, "start": result.chain.index[0], "end": result.chain.index[-1]}
    return wordings[_moved(result)].format(**scope.said | told)


def _mean(results: Segments) -> Text:
    """The mean gap of the longest stretch and what its test says, from six years on."""
    longest = max(results.values(), key=lambda r: r.n)
    if not (longest.mean and longest.test):
        return NO_WORDS
    mean, low, high = (number(v, 1, sign=True) for v in (longest.mean.value, longest.mean.low, longest.mean.high))
    told = {"mean": mean, "low": low, "high": high, "p": p_words(longest.test.p_value), "n": longest.n}
    found = "rounding" if longest.mean_within_rounding else "found"
    way = found if longest.test.way != "open" else "may_matter" if longest.may_matter else "too_small"
    return SAYS["mean", way].format(**told, margin=number(longest.margin))


def statistics(lang: str, results: Segments) -> pd.DataFrame:
    """What the gaps of each stretch carry: their mean, its range with one year left out, and its test."""
    told = {years: inference.mean_rows(r.mean, r.test, r.leave_one_out, "pp", lang) for years, r in results.items()}
    return inference.frame_of(({"segment": years} | row for years, rows in told.items() for row in rows), "segment")


def _nature(scope: Scope) -> str:
    """What two sides have in a year or lack: growth, of which a level says nothing, or a figure that is itself a rate."""
    return "rate" if scope.basis == "rate" else "growth"


def _not_compared(scope: Scope, blank: pd.Series) -> Text:
    """The years without a gap, those with the same reason together; nothing printed is one reason, whoever lacks it."""
    why = blank[blank != ""].replace(dict.fromkeys(("neither", "district", "city"), "nothing"))
    if len(why) == len(blank) and set(why) == {"nothing"}:
        return SAYS["no_common_year", _nature(scope)]
    found = {reason: list(why.index[why == reason]) for reason in BLANKS}
    said = [BLANKS[reason].format(years=named_years(years)) for reason, years in found.items() if years]
    rest = [SAYS["rest", _nature(scope)]] * ("nothing" in set(why))
    return full_stop(listed([*said, *rest], ";"))


def _sides(table: pd.DataFrame) -> pd.Series:
    """Which side of the other each gap is on; one no larger than the wording of its rates allows is on none."""
    known = table.dropna(subset="gap_pp")
    pairs = zip(known["gap_pp"], known["within_rounding"], strict=True)
    return pd.Series(["level" if near else "higher" if gap > 0 else "lower" for gap, near in pairs], known.index, "str")


def chained(scope: Scope, result: GapResult) -> Text:
    """What the last unbroken run of years adds up to."""
    return _sum(scope, result, MOVED)


def share(scope: Scope, shares: pd.DataFrame) -> Text:
    """The region's share of the comparator on the scope's indicator, then and now; else on how many indicators it fell.

    What one compares is like for like; two shares that are not have no direction.
    """
    names = scope.said
    if shares.empty:
        return SAYS.no_share.format(**names)
    alike = shares[~shares["unlike"].astype(bool)].sort_values("year")
    ends = alike.groupby("indicator")["share_pct"].agg(["first", "last", "size"])
    moved = ends[ends["size"] > 1]
    ours = scope.indicator if scope.indicator in set(shares["indicator"]) else str(moved.index[0]) if len(moved) == 1 else ""
    if ours:
        drawn = share_ends(shares[shares["indicator"] == ours])
        (y, v), (y2, v2) = ((int(r.year), _share(r.share_pct)) for r in (drawn.iloc[0], drawn.iloc[-1]))
        rise, apart = drawn["share_pct"].iloc[-1] - drawn["share_pct"].iloc[0], len(drawn) > 1 and drawn["unlike"].any()
        way = "apart" if apart else "one" if len(drawn) == 1 else "same" if v == v2 else "up" if rise > 0 else "down"
        return SAYS["share_moved", way].format(**names | {"indicator": within(scope.name_of(ours))}, y=y, v=v, y2=y2, v2=v2)
    if moved.empty:
        return SAYS.shares.format(**names)
    k, n = int((moved["last"] < moved["first"]).sum()), len(moved)
    return SAYS["share_fell", extent(k, n)].format(**names, k=k, n=n)


def years_table(scope: Scope, table: pd.DataFrame, results: Segments) -> pd.DataFrame:
    """Both sides with their vintage, the gap, the relative index with what rounding allows, the reason for a blank; a row a year.

    Of a side that is an estimate, so that like stands by like, the later figure has a column.
    """
    chain = chains(results).drop(columns="base_year").round(1)
    told = table.join(chain[~chain.index.duplicated(keep="last")].rename(columns={"relative_index": "index"}))
    bounds = {year: found.words("pp") for year, found in gap_bounds(*scope.pair()).items()}
    told["bound"] = [bounds.get(year) for year in told.index]
    told["within_rounding"] = told["within_rounding"].astype(object).where(told["gap_pp"].notna(), "")
    told["blank"] = [why(scope, code) for code in told["blank"]]
    sides = dict(zip(("district_pct", "city_pct"), scope.pair(), strict=True))
    for side, frame in sides.items():
        words = {year: as_read(row["value"], row["qualifier"], row["flag"]) for year, row in frame.iterrows()}
        told[side] = [words[year] if value == value else value for year, value in told[side].items()]
    told["vintage"] = [list(dict.fromkeys(f.at[y, "vintage"] for f in sides.values() if y in f.index)) for y in told.index]
    told["later"] = [_later(scope, list(sides.values()), year) for year in told.index]
    return headed(scope, told[YEARLY], HEADS, sparse=True)


def _later(scope: Scope, sides: Sequence[pd.DataFrame], year: int) -> Text:
    """The figures that came after the readings of a year."""
    said, known = [], scope.dataset.sources["known_from"]
    for frame, name in zip(sides, scope.pair_names.values(), strict=True):
        latest = scope.outturns(region=frame.attrs["region"], vintage="latest")
        row, read = (of.loc[year] if year in of.index else None for of in (latest, frame))
        if row is not None and read is not None and known[row["source_id"]] > known[read["source_id"]]:
            said.append(SAYS.later_figure.format(name=name, n=printed(row["value"], row["qualifier"])))
    return listed(said)


def indicators_in_year(scope: Scope, yearly: pd.DataFrame) -> pd.DataFrame:
    """Growth of both sides and the gap, one row an indicator."""
    table = yearly.drop(columns=[c for c in yearly if c.endswith(("_qualifier", "_flag"))])
    for side in ("district", "city"):
        cells = yearly[[f"{side}_pct", f"{side}_qualifier", f"{side}_flag"]].itertuples(index=False, name=None)
        table[f"{side}_pct"] = [as_read(*cell) for cell in cells]
    near = table["within_rounding"].astype(object).where(table["gap_pp"].notna(), "")
    reasons = [why(scope, code) for code in table["blank"]]
    return headed(scope, table.assign(within_rounding=near, blank=reasons), HEADS, sparse=True)


def _share(percent: float) -> str:
    return number(percent, wording.shows(percent, 2))


def share_of_city(scope: Scope, shares: pd.DataFrame) -> pd.DataFrame:
    """The region's share of the comparator, percent of levels as printed: one row an indicator and year."""
    table, second = shares.drop(columns=["since", "share_pct"]), on_secondary_pages(scope, shares)
    told = [
        as_read(wording.rounded(row.share_pct, 2), "point", wording.SECONDARY * ((row.indicator, row.year) in second))
        for row in shares.itertuples()
    ]
    table.insert(2, "share_of_pct", told)
    return headed(scope, table, HEADS)


def per_head(scope: Scope, heads: pd.DataFrame) -> pd.DataFrame:
    """GDP per head of both sides in whole CNY, and the region's in percent of the comparator's."""
    table = heads.round({"district_cny": 0, "city_cny": 0, "ratio_pct": 1}).astype({"district_cny": int, "city_cny": int})
    return headed(scope, table, HEADS)


def shares_table(scope: Scope, share: pd.Series | None, results: Segments) -> pd.DataFrame:
    """Share, contribution to the growth of the comparator, and growth of the rest of it, for the years that have a share."""
    known = pd.Series(dtype=float) if share is None else share.set_axis(share.index + 1)
    parts = [pd.DataFrame({"share_pct": known}).rename_axis("year")]
    for result in results.values():
        if result.contribution is not None:
            rest = pd.DataFrame(columns=["rest_pct", "gap_pp"]) if result.rest_of_city is None else result.rest_of_city
            renamed = rest[["rest_pct", "gap_pp"]].rename(columns={"gap_pp": "rest_gap_pp"})
            parts.append(result.contribution.join(renamed.astype(float)))
    columns = ["share_pct", "contribution_pp", "of_growth_pct", "rest_pct", "rest_gap_pp"]
    table = pd.concat(parts).groupby(level=0).first().reindex(columns=columns).astype(float).rename_axis("year")
    return headed(scope, table.round(dict.fromkeys(columns, 1) | {"contribution_pp": 2}), HEADS, sparse=True)


def regions_table(scope: Scope, gaps: pd.DataFrame, year: int = 0) -> pd.DataFrame:
    """The gaps of several regions, a row each: of the scope's indicator with a column a year, or in one year an indicator.

    A cell is the gap as a number, or the word for its blank; then comes what must be said of them.
    """
    by, rows = "name" if year else "year", []
    gaps = gaps[gaps["year"].eq(year) if year else gaps["indicator"].eq(scope.indicator)]
    gaps = gaps.assign(name=[scope.name_of(id_).to(scope.lang) for id_ in gaps["indicator"]])
    for region, part in gaps.groupby("region", sort=False):
        shown = zip(part[by], part["gap_pp"], part["blank"], strict=True)
        cells = {"region": region} | {str(key): gap if gap == gap else why(scope, blank) for key, gap, blank in shown}
        for column, mark in (("rounded_years", "within_rounding"), ("about_years", "about")):
            told = list(part.loc[part[mark], by])
            cells[column] = wording.year_list(told) if by == "year" else told
        rows.append(cells)
    return headed(scope, pd.DataFrame(rows, columns=None if rows else ["region"]), HEADS)


def why(scope: Scope, code: str) -> str:
    """Why a year has no gap, in words; empty where it has one."""
    return SAYS["why", code].format(**scope.pair_names).to(scope.lang) if code else ""
