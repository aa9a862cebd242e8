"""A value is what its token says, or the folder is not read."""

import math
import re

import pytest
from helpers import printed
from hypothesis import given
from hypothesis import strategies as st

import hanyang_data as hd
from hanyang_data.errors import SnapshotError
from hanyang_data.record.observations import default_dataset
from hanyang_data.record.tokens import disagreement

NONE = math.nan


@pytest.mark.parametrize(
    ("token", "value", "unit", "qualifier", "says"),
    [
        ("−3.5%", 3.5, "percent", "point", "another sign"),
        ("－3.5％", -3.5, "percent", "point", ""),
        ("- 16%", -16, "percent", "point", ""),
        ("下降5.0%", -5, "percent", "point", ""),
        ("下降5.0%", 5, "percent", "point", "another sign"),
        ("负增长3%", -3, "percent", "point", ""),
        ("5.0%", -5, "percent", "point", ""),  # the word stands before the token
        ("1,201.5亿元", 1201.5, "CNY_100M", "point", ""),
        ("1,201.5亿元", 12015000, "CNY_100M", "point", "another number"),
        ("1.2万亿元", 12000, "CNY_100M", "point", ""),
        ("7,532,000万元", 753.2, "CNY_100M", "point", ""),
        ("1.65万人", 1.65, "10K_persons", "point", ""),
        ("16500人", 1.65, "10K_persons", "point", ""),
        ("93.5 billion", 935, "CNY_100M", "point", ""),
        ("280 23.6", 23.6, "percent", "point", ""),
        ("280 -23.6", 23.6, "percent", "point", "another sign"),
        ("5.5%-6%", 6, "percent", "range", ""),  # a dash between the ends of a range is no sign
        ("5.5%—6%", 6, "percent", "range", ""),
        ("5.5%——6%", 6, "percent", "range", ""),
        ("-5%—-3%", 3, "percent", "range", "another sign"),
        ("6.5%左右", 6.5, "percent", "about", ""),
        ("百分之六点五左右", 6.5, "percent", "about", ""),
        ("下降百分之三", 3.5, "percent", "point", "another number"),
        ("6.5%左右", 6.5, "percent", "point", "another wording"),
        ("6.5%以上", 6.5, "percent", "about", "another wording"),
        ("与经济增长同步", NONE, "percent", "in_step_with_gdp", ""),
    ],
)
def test_token_and_cells(token, value, unit, qualifier, says):
    assert disagreement(token, value, NONE, unit, qualifier) == says


@given(st.decimals(0, 9999, places=2))
def test_a_number_printed_in_ten_ways_is_the_same(number):
    value = float(number)
    wide = f"{number:f}".translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    for token in (f"{number}亿元", f"{number}", f"{number:,}亿元", f" {number} 亿 元", f"{number}亿", f"达{number}亿元",
                  f"{number * 10000:f}万元", f"{wide}亿元", f"{number / 10000:f}万亿元", f"+{number}亿元"):  # fmt: skip
        assert disagreement(token, value, NONE, "CNY_100M", "point") == ""


def test_the_whole_record_is_what_its_tokens_say():
    rows = default_dataset().printed[["token", "value", "value_high", "unit", "qualifier"]]
    assert [row for row in rows.itertuples(index=False) if disagreement(*row)] == []


def test_a_folder_that_disagrees_is_not_read(snapshot, add):
    add("observations.csv", printed("caidian", "gdp", 2010, 3.5, token="−3.5%"))
    with pytest.raises(SnapshotError, match=re.escape("column value: the token '−3.5%' says another sign")):
        hd.open_dataset(snapshot)
