"""What is kept of a snapshot never shows: every caller gets frames of its own, and a changed snapshot forgets."""

from dataclasses import replace

import pytest

import hanyang_data as hd
from hanyang_data.errors import ParameterError
from hanyang_data.observations import default_dataset


def test_what_one_caller_writes_into_a_frame_the_next_does_not_see():
    before = hd.load("gdp", "wuhan")
    spoilt = hd.load("gdp", "wuhan")
    spoilt.loc[2020, "value"] = 99.0
    spoilt.attrs["region"] = "nowhere"
    after = hd.load("gdp", "wuhan")
    assert after.equals(before)
    assert after.attrs == before.attrs
    assert hd.load("gdp", "wuhan", vintage="first").loc[2023, "value"] != after.loc[2023, "value"]


def test_a_changed_snapshot_is_read_anew():
    data = default_dataset()
    hd.load("gdp", "wuhan", dataset=data)
    rows = data.observations
    changed = replace(data, observations=rows.assign(value=rows["value"] + 1))
    assert hd.load("gdp", "wuhan", dataset=changed).loc[2020, "value"] == hd.load("gdp", "wuhan").loc[2020, "value"] + 1


def test_a_question_that_fails_fails_again():
    for _ in range(2):
        with pytest.raises(ParameterError, match="vintage is 'lates'"):
            hd.load("gdp", vintage="lates")
