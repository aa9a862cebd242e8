"""A choice survives its address, and an address that somebody mistyped is answered with what there is."""

import pytest
from hypothesis import given
from test_choices import SHELF, choices

from hanyang_data.explore.choices import address_of, choice_in, start


@given(choices)
def test_a_choice_comes_back_from_its_address(asked):
    choice = SHELF.settle(asked)
    assert SHELF.settle(choice_in(address_of(choice), start("en"))) == choice


def test_what_an_analysis_opens_with_is_not_in_the_address():
    assert address_of(start("zh", "growth_gap")) == "analysis=growth_gap&lang=zh"


@pytest.mark.parametrize(
    "typed",
    ["", "region", "region=nowhere", "analysis=none&lang=fr", "start_year=abc", "start_year=99999&end_year=-1", "a=1&a=2;%%%",
     "as_of=<b>", "regions=...", "figure=no&table=no&measure=no&vintage=no"],
)  # fmt: skip
def test_an_address_that_asks_for_nothing_that_exists_is_answered_with_the_nearest(typed):
    assert SHELF.has(SHELF.settle(choice_in(typed, start("zh"))))
