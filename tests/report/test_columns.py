"""What is a number in a table, and how it is printed."""

import pytest

from hanyang_data.report.columns import Number, columns_of, read_number
from hanyang_data.report.excel import number_format


def column(head, *cells):
    return columns_of([{head: cell} for cell in cells])[0]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,100", Number(1100, 0)), ("−8.6%", Number(-8.6, 1, percent=True)), ("7%", Number(7, 0, percent=True)),
        ("2017", Number(2017, 0)), ("-3", Number(-3, 0)), ("948.50", Number(948.5, 2)), (3, Number(3, 0)),
        ("about 7%", None), ("7%左右", None), ("2018–2019", None), ("over 1,000", None), ("1,10", None), ("–", None),
        ("2020-12", None), ("", None), (None, None), (True, None),
    ],
)  # fmt: skip
def test_what_a_cell_holds(cell, number):
    assert read_number(cell, column("Level", 1.5)) == number


def test_rates_have_one_decimal_and_levels_what_they_were_printed_with():
    assert column("Growth, %", 7.0, 8.0).text(7.0) == "7.0"
    assert column("差距（百分点）", -3.0).text(-3.0) == "−3.0"
    assert column("Contribution, pp", -1.41, 0.3).text(0.3) == "0.30"
    assert column("Level (CNY 100 million)", 948.0, 1000.0).text(1000.0) == "1,000"
    assert column("Printed", 17.71676, 150000.0).text(17.71676) == "17.71676"
    assert column("Printed", 17.71676, 150000.0).text(150000.0) == "150,000"
    assert column("Exact p", 0.03125).text(0.03125) == "0.0313"


def test_what_is_missing_is_a_dash_and_never_a_number():
    numbers = column("Growth, %", 7.0, None)
    assert numbers.text(None) == numbers.text("") == "–"
    assert read_number(None, numbers) is None


def test_years_are_plain_and_counts_are_not():
    years = column("Year", 2017, 2018)
    assert years.text(2017) == "2017"
    assert number_format(Number(2017, 0), years) == "0"
    assert number_format(Number(2017, 0), column("Rows", 2017)).startswith("#,##0")
    assert column("Published", "2022", "2020-12").years


def test_a_column_is_set_to_the_right_if_at_least_half_of_it_are_numbers():
    assert column("Target", "7%", "about 7%").numeric
    assert not column("Target", "7%", "about 7%", "positive growth").numeric
    assert not column("Flag", "", None).numeric
