"""Corrections change what a series takes, never what was printed, and fail once their fault is gone."""

import pandas as pd
import pytest
import yaml

import hanyang_data as hd
from hanyang_data.errors import SnapshotError
from hanyang_data.record.observations import default_dataset

ENTRY = {
    "source_id": "hanyang_gwr_2018", "region": "hanyang", "indicator": "gdp", "year": 2017, "measure": "level",
    "action": "flag", "expect": 948, "reason_en": "A doubt.", "reason_zh": "存疑。",
}  # fmt: skip


@pytest.fixture
def correct(snapshot):
    """The copied snapshot with these entries and no others."""

    def write(*entries):
        (snapshot / "corrections.yaml").write_text(yaml.safe_dump(list(entries), allow_unicode=True), encoding="utf-8")
        return hd.open_dataset(snapshot)

    return write


def level_of_2017(data):
    frame = hd.load("gdp", "hanyang", "level", dataset=data)
    frame = frame[frame["flag"] != "missing"]
    return (frame.loc[2017, "value"], frame.loc[2017, "flag"].split()) if 2017 in frame.index else None


def test_flag_keeps_the_value_and_marks_it(correct):
    assert level_of_2017(correct(ENTRY)) == (948.0, ["break", "flagged"])


def test_override_takes_the_other_value_and_marks_it(correct):
    assert level_of_2017(correct(ENTRY | {"action": "override", "value": 950.5})) == (950.5, ["break", "corrected"])


def test_drop_takes_the_figure_out(correct):
    assert level_of_2017(correct(ENTRY | {"action": "drop"})) is None


@pytest.mark.parametrize("action", [{"action": "drop"}, {"action": "override", "value": 1}])
def test_what_was_printed_stays_as_it_was(correct, snapshot, action):
    before = (snapshot / "observations.csv").read_bytes()
    data = correct(ENTRY | action)
    at = data.printed.query("source_id == 'hanyang_gwr_2018' and indicator == 'gdp' and year == 2017")
    assert at.query("measure == 'level' and concept == 'outturn'")["value"].tolist() == [948.0]
    assert len(data.printed) == len(default_dataset().printed)
    assert (snapshot / "observations.csv").read_bytes() == before


def test_the_audit_table_shows_before_and_after(correct):
    other = ENTRY | {"measure": "growth", "expect": 7, "action": "override", "value": 7.5}
    table = correct(ENTRY | {"action": "drop"}, other).corrections
    assert table["before"].tolist() == [948.0, 7.0]
    assert table["after"].isna().tolist() == [True, False]
    assert table.loc[1, ["action", "after", "reason_en"]].tolist() == ["override", 7.5, "A doubt."]


def test_the_digest_of_the_data_covers_the_corrections(correct):
    assert correct(ENTRY).digest != correct(ENTRY | {"reason_en": "Another doubt."}).digest


def test_a_snapshot_needs_no_corrections(snapshot):
    (snapshot / "corrections.yaml").unlink()
    data = hd.open_dataset(snapshot)
    assert data.corrections.empty
    pd.testing.assert_frame_equal(data.observations.drop(columns="correction"), data.printed)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"expect": 6}, "expected 6 for gdp of hanyang in 2017 (hanyang_gwr_2018), found 7; the fault"),
        ({"source_id": "nobody"}, "found no such figure"),
        ({"reson_en": "A doubt."}, "unknown key 'reson_en': did you mean reason_en"),
        ({"action": "remove"}, "action is 'remove'"),
        ({"action": "ovrride"}, "did you mean override"),
        ({"action": "override"}, "value is None, expected a number"),
        ({"action": "override", "value": float("nan")}, "value is nan, expected a number"),
        ({"action": ["drop"]}, "action is"),
        ({"value": 5}, "value goes with the action override only"),
        ({"reason_en": "  "}, "reason_en is '  ', expected a sentence"),
        ({"year": "2017"}, "year is '2017', expected a number"),
        ({"expect": None}, "expect is None, expected a number"),
    ],
)
def test_an_entry_that_does_not_fit_is_one_sentence_with_its_number(correct, change, says):
    with pytest.raises(SnapshotError) as caught:
        correct(ENTRY, ENTRY | {"measure": "growth", "expect": 7} | change)
    assert says in str(caught.value)
    assert str(caught.value).startswith("corrections.yaml, entry 2: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("key", ["source_id", "measure", "action", "expect", "reason_en", "reason_zh"])
def test_a_key_that_is_missing_is_named(correct, key):
    with pytest.raises(SnapshotError, match=f"entry 1: lacks {key}"):
        correct({name: value for name, value in ENTRY.items() if name != key})


@pytest.mark.parametrize(
    ("content", "says"), [("region: hanyang", "holds no list"), ("- [", "is not YAML"), ("- drop", "entry 1: found 'drop'")]
)
def test_a_file_that_is_no_list_of_entries_is_one_sentence(snapshot, content, says):
    (snapshot / "corrections.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(SnapshotError, match=says) as caught:
        hd.open_dataset(snapshot)
    assert "\n" not in str(caught.value)


def test_the_shipped_corrections_do_what_they_say():
    assert hd.load("gdp", "wuhan", "level", vintage="all").loc[2021, "value"].eq(17716.76).all()
    assert 470.67 not in hd.load("retail_sales", "hanyang", "level", vintage="all")["value"].tolist()
    assert 470.67 in default_dataset().printed["value"].tolist()
