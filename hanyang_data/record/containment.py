"""Which region contains which: what ``part_of`` in regions.csv may say."""

from __future__ import annotations

import pandas as pd


def part_of_faults(regions: pd.DataFrame) -> list[str]:
    """One sentence for each region that is part of none that is listed, or, by however many steps, of itself.

    >>> rows = pd.DataFrame({"id": ["a", "b"], "part_of": ["b", "a"]}, index=[2, 3])
    >>> part_of_faults(rows)[0]
    "regions.csv, row 2, column part_of: found 'b', expected a region that is not itself part of a (a → b → a)"
    """
    above = dict(zip(regions["id"], regions["part_of"], strict=True))
    faults = []
    for row, own, holder in zip(regions.index, regions["id"], regions["part_of"], strict=True):
        where = f"regions.csv, row {row}, column part_of: found {holder!r}, expected"
        if holder and holder not in above:
            faults.append(f"{where} an id listed in regions.csv, or nothing")
        elif len(way := _way_up(own, above)) > 1 and way[-1] == own:
            faults.append(f"{where} a region that is not itself part of {own} ({' → '.join(way)})")
    return faults


def _way_up(region: str, above: dict[str, str]) -> list[str]:
    """The regions that contain one, from the inside out, up to the last or to the first that comes again."""
    way = [region]
    while (holder := above.get(way[-1], "")) and holder in above:
        way.append(holder)
        if holder in way[:-1]:
            break
    return way
