"""What does not fit is said with the rows in which it is printed, and with a row that answers it."""

from __future__ import annotations

import re

import pytest

from hanyang_data.record.audit import audit_record, remedies
from hanyang_data.record.identities import KEYS, findings
from hanyang_data.record.observations import default_dataset, open_dataset

DATA = default_dataset()
FOUND = findings(DATA)


@pytest.mark.parametrize("place", range(len(FOUND)))
def test_each_finding_names_its_rows_and_the_row_that_answers_it(place):
    row = FOUND.iloc[place]
    (text,) = remedies(FOUND.iloc[[place]], DATA)
    assert text.en.startswith(f"{row['check']}: {row['indicator']} of {row['region']} in {row['year']} ({row['measure']}): ")
    assert row["detail"] in text.en
    assert row["detail_zh"] in text.zh
    own = ",".join(map(str, row[KEYS]))
    assert text.en.endswith(f"discrepancies.csv: {own},reason,reason_zh")
    named = re.findall(r" \((\w+) (L[\d:c]+|web|[\w.]+)\)", text.en.split("; printed: ")[1])
    assert named
    printed = DATA.printed[(DATA.printed["region"] == row["region"]) & (DATA.printed["indicator"] == row["indicator"])]
    assert set(named) <= set(printed[["source_id", "locator"]].itertuples(index=False, name=None))


@pytest.fixture
def unfit(snapshot):
    """A record without the break of the district's revenue in 2023."""
    file = snapshot / "breaks.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(x for x in lines if not x.startswith("hanyang,budget_revenue,2023")), encoding="utf-8")
    return snapshot


@pytest.mark.parametrize("file", ["breaks.csv", "discrepancies.csv"])
def test_the_row_that_is_named_is_the_remedy(unfit, file):
    faults = audit_record(open_dataset(unfit)).faults
    assert faults
    rows = {
        "breaks.csv": "{},definition,a,一,so,hanyang_plan_2023_2024,L72,94.3,published_growth,",
        "discrepancies.csv": "{},so,是",
    }
    for fault in faults:
        told = re.search(r"breaks\.csv, ([\w,]+),…" if file == "breaks.csv" else r"discrepancies\.csv: ([\w,]+),reason,", fault)
        if told:
            with (unfit / file).open("a", encoding="utf-8") as handle:
                handle.write(rows[file].format(told[1]) + "\n")
            break
    assert len(audit_record(open_dataset(unfit)).faults) < len(faults)


def test_a_discrepancy_that_is_none_any_more_has_its_remedy_in_its_words(snapshot):
    with (snapshot / "discrepancies.csv").open("a", encoding="utf-8") as handle:
        handle.write("scale_jump,hanyang,gdp,2023,level,so,是\n")
    (fault,) = audit_record(open_dataset(snapshot)).faults
    assert "take the line out of discrepancies.csv" in fault
    assert "breaks.csv" not in fault
