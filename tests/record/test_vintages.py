"""The rule that decides which printed reading a series takes."""

import itertools

import pandas as pd
import pytest

import hanyang_data as hd
from hanyang_data.record.contract import OUTTURN_VINTAGES
from hanyang_data.record.vintages import choose, known_from


def reading(
    value, vintage="preliminary", published="2022-03-01", reliability="official", year=2021, concept="outturn", basis="real"
):
    return {
        "year": year,
        "value": value,
        "vintage": vintage,
        "published_on": published,
        "reliability": reliability,
        "concept": concept,
        "basis": basis,
    }


def rows(*readings):
    frame = pd.DataFrame(list(readings))
    return frame.assign(known_from=known_from(frame["published_on"]))


def chosen(frame, **options):
    return choose(frame, **options)["value"].tolist()


ESTIMATE = reading(8.1, "initial_estimate", "2022-01-17")
BULLETIN = reading(8.4, "preliminary", "2022-03-01")
FINAL = reading(8.6, "final", "2022-12-27")
SECONDARY = reading(9.9, "final", "2023-06-01", "secondary")
REPRINT = reading(8.5, "preliminary", "2022-05-01", "reprint")


def test_first_and_latest_go_by_vintage_in_any_order_of_rows():
    for order in itertools.permutations([ESTIMATE, BULLETIN, FINAL, SECONDARY]):
        assert chosen(rows(*order), vintage="first") == [8.1]
        assert chosen(rows(*order), vintage="latest") == [8.6]


def test_all_returns_every_reading_in_the_order_of_publication():
    assert chosen(rows(FINAL, SECONDARY, BULLETIN, ESTIMATE), vintage="all") == [8.1, 8.4, 8.6, 9.9]


@pytest.mark.parametrize(
    ("day", "known"), [("2022-01-16", []), ("2022-01-17", [8.1]), ("2022-03-01", [8.4]), ("2023-01-01", [8.6])]
)
def test_as_of_takes_the_latest_that_was_public(day, known):
    assert chosen(rows(ESTIMATE, BULLETIN, FINAL), as_of=day) == known


def test_a_month_is_neither_later_nor_earlier_than_a_day_in_it():
    """Wuchang's revenue of 2019: the budget report of 24 December prints -4, the plan report of the same session (December) 0."""
    month, day, before = (reading(value, published=on) for value, on in ((0, "2019-12"), (-4, "2019-12-24"), (1, "2019-11-30")))
    for order in itertools.permutations([month, day]):
        assert chosen(rows(*order), vintage="first") == chosen(rows(*order), vintage="latest") == [-4]
    assert chosen(rows(before, month)) == [0]
    assert hd.trend("budget_revenue", "wuchang").growth.loc[2019, "value"] == -4
    assert hd.target_shortfall("budget_revenue", "wuchang").by_year.loc[2019, "outturn"] == -4


def test_within_a_vintage_official_goes_before_a_later_reprint():
    assert chosen(rows(REPRINT, BULLETIN)) == [8.4]


def test_within_a_vintage_the_later_official_publication_is_the_latest():
    later = reading(8.45, "preliminary", "2022-09-01")
    assert chosen(rows(later, BULLETIN)) == [8.45]
    assert chosen(rows(later, BULLETIN), vintage="first") == [8.4]


def test_the_first_reading_is_the_one_published_first_whoever_printed_it():
    press = reading(12, "initial_estimate", "2022-01-12", "reprint")
    assert chosen(rows(reading(12.5, "initial_estimate", "2022-01-13"), press), vintage="first") == [12]


def test_a_comparable_basis_speaks_only_where_the_series_own_does_not():
    comparable = reading(8.8, "initial_estimate", "2023-06-06", basis="comparable")
    plain = reading(-8, "initial_estimate", "2022-12-27", basis="nominal")
    assert chosen(rows(comparable, plain)) == [-8]
    assert chosen(rows(comparable)) == [8.8]


def test_a_secondary_page_speaks_only_where_nothing_else_does():
    assert chosen(rows(SECONDARY, ESTIMATE)) == [8.1]
    assert chosen(rows(SECONDARY)) == [9.9]


def test_within_one_text_a_number_goes_before_a_wording():
    assert chosen(rows(reading(float("nan")), BULLETIN)) == [8.4]


def test_the_vintages_are_in_the_order_in_which_they_appear():
    assert OUTTURN_VINTAGES == ["initial_estimate", "preliminary", "final", "revised"]
