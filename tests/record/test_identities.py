"""What must fit in a sound record: each check finds a planted fault, and what is known not to fit is documented."""

import pytest
from helpers import printed

import hanyang_data as hd
from hanyang_data.record.audit import audit_record
from hanyang_data.record.contract import COLUMNS
from hanyang_data.record.identities import CHECKS, KEYS, findings
from hanyang_data.record.observations import default_dataset

NOMINAL = {"basis": "nominal"}
LATER, LATEST = {"source_id": "wuhan_bulletin_2022"}, {"source_id": "wuhan_bulletin_2023"}
TEN = ["hanyang", "wuchang", "hongshan", "jiangan", "jianghan", "qiaokou", "qingshan", "dongxihu", "caidian", "jiangxia"]
PLANTED = {
    "three districts over the city": (
        ("parts_over_total", "wuhan", "gdp", 2010, "level"),
        [printed(r, "gdp", 2010, v, "level") for r, v in {"wuhan": 100, "hanyang": 40, "wuchang": 40, "jiangan": 40}.items()],
    ),
    "two sectors over GDP": (
        ("parts_over_total", "wuhan", "gdp", 2010, "level"),
        [
            printed("wuhan", i, 2010, v, "level")
            for i, v in {"gdp": 100, "secondary_value_added": 60, "tertiary_value_added": 50}.items()
        ],
    ),
    "a district over its city in another text": (
        ("district_over_city", "hanyang", "gdp", 2010, "level"),
        [printed("wuhan", "gdp", 2010, 100, "level"), printed("hanyang", "gdp", 2010, 101, "level", **LATER)],
    ),
    "ten districts that make half a city": (
        ("city_of_its_parts", "wuhan", "gdp", 2010, "level"),
        [printed("wuhan", "gdp", 2010, 100, "level"), *(printed(r, "gdp", 2010, 5, "level") for r in TEN)],
    ),
    "levels that give another growth": (
        ("level_against_growth", "caidian", "retail_sales", 2011, "growth"),
        [
            printed("caidian", "retail_sales", 2010, 100, "level"),
            printed("caidian", "retail_sales", 2011, 115, "level"),
            printed("caidian", "retail_sales", 2011, 10, **NOMINAL),
        ],
    ),
    "a level and its growth that imply another level of the year before, in another vintage": (
        ("implied_against_printed", "caidian", "retail_sales", 2010, "level"),
        [
            printed("caidian", "retail_sales", 2010, 100, "level", vintage="initial_estimate"),
            printed("caidian", "retail_sales", 2011, 115, "level", **LATER),
            printed("caidian", "retail_sales", 2011, 10, **NOMINAL, **LATER),
        ],
    ),
    "a level in another unit": (
        ("scale_jump", "caidian", "retail_sales", 2011, "level"),
        [printed("caidian", "retail_sales", 2010, 100, "level"), printed("caidian", "retail_sales", 2011, 1150, "level")],
    ),
    "a level that its neighbour and the half-year do not reach": (
        ("implied_against_printed", "caidian", "retail_sales", 2022, "level"),
        [
            printed("caidian", "retail_sales", 2020, 100, "level"),
            printed("caidian", "retail_sales", 2021, 10, concept="target", vintage="original", **NOMINAL),
            printed("caidian", "retail_sales", 2022, 9, period="h1", **NOMINAL, **LATER),
            printed("caidian", "retail_sales", 2023, 90, "level", **LATEST),
            printed("caidian", "retail_sales", 2023, -20, **NOMINAL, **LATEST),
        ],
    ),
    "a target of the past": (
        ("target_after_its_year", "caidian", "gdp", 2010, "growth"),
        [printed("caidian", "gdp", 2010, 9, concept="target", vintage="original")],
    ),
    "an estimate after the bulletin": (
        ("vintage_out_of_order", "caidian", "gdp", 2010, "growth"),
        [printed("caidian", "gdp", 2010, 9), printed("caidian", "gdp", 2010, 8, vintage="initial_estimate", **LATER)],
    ),
}


@pytest.fixture
def add(add, snapshot):
    """The same on a snapshot without figures, breaks, corrections and discrepancies of its own: all checks run in no time."""
    for name in ("observations.csv", "breaks.csv", "discrepancies.csv"):
        (snapshot / name).write_text(",".join(COLUMNS[name]) + "\n", encoding="utf-8")
    (snapshot / "corrections.yaml").unlink()
    return add


def unexplained(data):
    table = findings(data)
    return [tuple(row) for row in table.loc[table["known"] == "", KEYS].itertuples(index=False)]


def test_whatever_does_not_fit_in_the_shipped_record_is_documented():
    report = audit_record(default_dataset())
    assert report.faults == []
    assert report.checked["documented discrepancies"] == len(default_dataset().discrepancies) > 0


@pytest.mark.parametrize(("expected", "rows"), PLANTED.values(), ids=PLANTED)
def test_a_planted_fault_is_found_and_nothing_else(add, expected, rows):
    data = hd.open_dataset(add("observations.csv", *rows))
    assert unexplained(data) == [expected]
    assert len(audit_record(data).faults) == 1


def test_every_check_has_a_planted_fault():
    assert {expected[0] for expected, _ in PLANTED.values()} == set(CHECKS)


@pytest.mark.parametrize("growth", [14.5, 15, 15.5])
def test_what_rounding_can_hide_is_no_fault(add, growth):
    rows = [printed("caidian", "retail_sales", y, v, "level") for y, v in {2010: 100, 2011: 115}.items()]
    rows.append(printed("caidian", "retail_sales", 2011, growth, **NOMINAL))
    assert unexplained(hd.open_dataset(add("observations.csv", *rows))) == []


def test_a_documented_fault_is_known_with_its_reason(add):
    expected, rows = PLANTED["a target of the past"]
    add("observations.csv", *rows)
    reason = dict(zip(KEYS, map(str, expected), strict=True)) | {"reason": "Set in a text not at hand."}
    table = findings(hd.open_dataset(add("discrepancies.csv", reason)))
    assert table["known"].tolist() == ["Set in a text not at hand."]


def test_a_documented_fault_that_is_none_any_more_is_reported(add):
    cells = ("level_against_growth", "hanyang", "retail_sales", "2020", "growth", "It did not fit once.")
    data = hd.open_dataset(add("discrepancies.csv", dict(zip([*KEYS, "reason"], cells, strict=True))))
    assert unexplained(data) == [("level_against_growth", "hanyang", "retail_sales", 2020, "growth")]
    assert "take the line out of discrepancies.csv" in audit_record(data).faults[0]


def test_a_break_between_two_levels_excuses_them(add):
    _, rows = PLANTED["levels that give another growth"]
    cut = {
        "region": "caidian", "indicator": "retail_sales", "first_year": "2011", "kind": "definition", "label_en": "x",
        "label_zh": "x", "evidence": "x", "source_id": "wuhan_bulletin_2020", "locator": "web", "token": "x", "link": "none",
    }  # fmt: skip
    add("observations.csv", *rows)
    assert unexplained(hd.open_dataset(add("breaks.csv", cut))) == []


def test_the_break_in_hanyang_retail_sales_is_what_its_own_arithmetic_asks_for(snapshot):
    breaks = snapshot / "breaks.csv"
    kept = [line for line in breaks.read_text(encoding="utf-8").splitlines() if "hanyang,retail_sales,2019" not in line]
    breaks.write_text("\n".join([*kept, ""]), encoding="utf-8")
    assert unexplained(hd.open_dataset(snapshot)) == [("implied_against_printed", "hanyang", "retail_sales", 2019, "level")]
    assert 2019 in set(hd.breaks("retail_sales", "hanyang")["first_year"])
