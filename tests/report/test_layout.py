"""How wide the columns of a table are on paper, and which tables lie on a page turned."""

from dataclasses import replace
from pathlib import Path

import pytest

from hanyang_data.report.content import Table
from hanyang_data.report.layout import LANDSCAPE, PORTRAIT, _needs, parts, turned, widths
from hanyang_data.studies.tables import WORDS, Column

SAYING = {"en": "this year, and what came later", "zh": "本年数据，以及此后公布的数据"}


def table(cells: list[str], rows: int) -> Table:
    columns = [Column(f"c{n}", f"Head {n}", WORDS) for n in range(len(cells))]
    shown = [cells] * rows
    return Table("1", "t", "T", "", "", {}, "", columns, shown, shown, Path("t.csv"), "n/r")


@pytest.mark.parametrize("lang", SAYING)
def test_a_long_table_whose_words_would_stand_one_below_the_other_is_turned(lang):
    cells = [*["140.32"] * 11, *[SAYING[lang]] * 3]
    assert turned(table(cells, 60))
    assert not turned(table(cells, 3)), "three rows are read on any page"


def test_a_table_of_numbers_stays_upright_and_no_wider_than_it_needs():
    numbers = table(["2017", "7.0", "−8.0"], 60)
    assert not turned(numbers)
    assert sum(widths(numbers, PORTRAIT)) < PORTRAIT / 2


def test_what_does_not_fit_a_page_upright_is_turned_and_fills_the_page():
    broad = table(["undistinguishable"] * 9, 2)
    assert turned(broad)
    assert sum(widths(broad, LANDSCAPE)) <= LANDSCAPE + 1e-9


def test_what_does_not_fit_a_page_turned_is_parted_and_columns_of_one_region_stay_together():
    regions = ("hanyang", "wuchang", "hongshan", "jianghan", "qiaokou")
    keys = ["year", *(f"{what}_of_{region}" for region in regions for what in ("target", "outturn", "error")), "higher"]
    columns = [Column(key, key.replace("_", ", "), WORDS) for key in keys]
    wide = replace(table(["undistinguishable"] * len(keys), 3), columns=columns)
    found = parts(wide, LANDSCAPE)
    assert [column.key for part in found for column in part.columns[1:]] == keys[1:]
    assert {part.columns[0].key for part in found} == {"year"}
    assert all(
        [sum(region in c.key for c in part.columns) for part in found if region in str(part.columns)] == [3] for region in regions
    )
    for part in found:
        assert all(have >= need - 1e-9 for have, (need, _) in zip(widths(part, LANDSCAPE), _needs(part), strict=True))
    assert parts(table(["2017", "7.0"], 60), PORTRAIT) == [table(["2017", "7.0"], 60)]
