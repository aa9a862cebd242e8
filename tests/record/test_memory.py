"""Answers that are kept with a snapshot: asked once, and nobody can spoil them for the next."""

import copy
import json
import pickle

import pytest

import hanyang_data as hd
from hanyang_data.errors import HanyangError
from hanyang_data.record.beside import pair
from hanyang_data.record.coverage import conflicts
from hanyang_data.record.identities import findings
from hanyang_data.record.observations import default_dataset, open_dataset


def test_what_a_caller_changes_is_not_in_the_next_answer():
    before = hd.load("gdp", "wuhan").copy()
    spoilt = hd.load("gdp", "wuhan")
    spoilt.loc[2020, "value"] = 99.0
    spoilt["flag"] = "spoilt"
    spoilt.attrs["region"] = "spoilt"
    spoilt.index.name = "spoilt"
    after = hd.load("gdp", "wuhan")
    assert after.equals(before)
    assert (after.attrs["region"], after.index.name) == ("wuhan", "year")
    assert spoilt["value"].loc[2020] == 99.0


def test_breaks_and_links_of_a_series_stay_as_they_are_and_read_like_a_dictionary():
    breaks = hd.load("gdp", "hanyang", "level").attrs["breaks"]
    for change in (lambda: breaks.update({2020: "x"}), lambda: breaks.pop(2019), lambda: breaks.__setitem__(2019, "x")):
        with pytest.raises(TypeError, match="change a copy"):
            change()
    assert copy.deepcopy(breaks) is breaks
    assert pickle.loads(pickle.dumps(breaks)) == dict(breaks)
    assert list(json.loads(json.dumps(breaks))) == ["2016", "2017", "2019"]


def test_a_list_or_pair_that_is_changed_is_not_the_next_answer_either():
    first = pair("gdp", ("hanyang", "wuhan"))[0]
    first.loc[2020, "value"] = 99.0
    assert pair("gdp", ("hanyang", "wuhan"))[0].loc[2020, "value"] == -8.0
    conflicts()["values"].iloc[0].clear()
    assert all(len(values) > 1 for values in conflicts()["values"])
    spoilt = findings()
    spoilt.loc[:, "known"] = "spoilt"
    assert "spoilt" not in set(findings()["known"])


def test_the_day_the_vintage_and_the_dataset_tell_answers_apart(edit):
    assert 2020 not in hd.load("gdp", "wuhan", as_of="2019-06-30").index
    assert 2020 in hd.load("gdp", "wuhan").index
    assert not hd.load("gdp", "wuhan", vintage="first").equals(hd.load("gdp", "wuhan"))
    other = open_dataset(edit("regions.csv", 2, name_en="Elsewhere"))
    hd.load("gdp", "wuhan", dataset=other)
    assert other.answers
    assert other.answers is not default_dataset().answers


@pytest.mark.parametrize("wrong", [["gdp"], {}, None])
def test_what_cannot_be_a_key_is_still_told_in_one_sentence(wrong):
    with pytest.raises((HanyangError, KeyError)):
        hd.load(wrong)
