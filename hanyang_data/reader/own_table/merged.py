"""Merged cells and heads in two rows or columns, as yearbooks have them: read where they can mean one thing only."""

from collections.abc import Iterable
from dataclasses import replace

from hanyang_data.errors import SnapshotError
from hanyang_data.reader.lexicon import Patterns
from hanyang_data.reader.own_table.grids import Grid, Value
from hanyang_data.reader.own_table.heads import parse_unit, role
from hanyang_data.reader.own_table.known import Indicators
from hanyang_data.record.names import key

FORM = Patterns(__name__)
Place = tuple[int, int]


def spread(grid: Grid) -> Grid:
    """The same table, each text of merged cells in all of them; but titles and notes, beside which nothing stands.

    Numbers that are merged, but for years beside several regions, stay for their user to say what they mean.
    """
    rows, left = [list(row) for row in grid.rows], []
    for r0, c0, r1, c1 in grid.merged:
        text = grid.value(r0, c0)
        beside = [cell for row in rows[r0 : r1 + 1] for c, cell in enumerate(row) if cell is not None and not c0 <= c <= c1]
        of_years = c0 == c1 and any(role(grid.value(r, c0)) == "year" for r in range(r0))
        if (text is not None and not isinstance(text, str) and not of_years) or (c1 > c0 and FORM.year.fullmatch(str(text))):
            left.append((r0, c0, r1, c1))
        elif text is not None and beside:
            for r in range(r0, r1 + 1):
                rows[r][c0 : c1 + 1] = [text] * len(rows[r][c0 : c1 + 1])
    return replace(grid, rows=rows, merged=left)


def joined(grid: Grid, cells: Iterable[tuple[Place, Place]], indicators: Indicators) -> Grid:
    """The same table, each head whole: what stands above or before it, and itself, where one alone says too little.

    ``cells`` are pairs of places, the outer and the inner head of each line.
    """
    parted = indicators.parted
    read = [(inner, grid.value(*outer), grid.value(*inner)) for outer, inner in cells]
    pairs = [(place, outer if isinstance(outer, str) else "", inner) for place, outer, inner in read]
    rows = [list(row) for row in grid.rows]
    if not any(outer and outer != inner and not _alone(inner, indicators) for _, outer, inner in pairs):
        return grid
    for (r, c), outer, inner in pairs:
        if not outer or outer == inner or role(outer) or role(inner):
            continue
        if inner is None:
            rows[r] += [None] * (c + 1 - len(rows[r]))
            rows[r][c] = outer
        elif not isinstance(inner, str) or key(parted(outer)[0]) in key(inner):
            continue
        elif _alone(inner, indicators):
            both = f"{inner!r} stands under or beside {outer!r}"
            raise SnapshotError(f"{grid.at(r, c)}: {both}: write into one cell what it is, or leave the other empty")
        else:
            name, unit = parted(inner)
            level = parse_unit(inner) or FORM.level.fullmatch(name)
            written = f"（{unit.written}）" if unit else f"（{inner}）" if parse_unit(inner) else ""
            rows[r][c] = (outer if parted(outer)[1] else f"{outer}{written}") if level else f"{parted(outer)[0]}{inner}"
    return replace(grid, rows=rows)


def _alone(head: Value, indicators: Indicators) -> bool:
    """Whether a head says by itself what it is of."""
    if not isinstance(head, str):
        return head is not None
    return not (parse_unit(head) or FORM.level.fullmatch(indicators.parted(head)[0]) or not indicators.bare(head))
