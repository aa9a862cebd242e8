"""The Data Package: in step with the snapshot, and read by a tool that knows nothing of this project."""

import json
import subprocess
import sys

import pytest
from frictionless import Package

from hanyang_data.errors import SnapshotError
from hanyang_data.record.contract import (
    COLUMNS,
    DESCRIPTIONS,
    KEYS,
    OPTIONAL_FILES,
    PATTERNS,
    REFERENCES,
    SNAPSHOT,
    TYPES,
    VOCABULARY,
)
from hanyang_data.record.datapackage import descriptor, new_dataset, write_descriptor
from hanyang_data.record.observations import open_dataset


def errors(folder):
    """What frictionless finds: kind, file, row as an editor counts it."""
    report = Package(str(folder / "datapackage.json")).validate()
    return [(e.type, task.place, getattr(e, "row_number", None)) for task in report.tasks for e in task.errors]


def resource(package, name):
    return next(r for r in package["resources"] if r["name"] == name)


def test_the_committed_descriptor_is_the_generated_one():
    committed = (SNAPSHOT / "datapackage.json").read_text(encoding="utf-8")
    generated = json.dumps(descriptor(SNAPSHOT), ensure_ascii=False, indent=1) + "\n"
    assert committed == generated, "the snapshot has changed: run make data"
    assert json.loads(committed)["licenses"][0]["name"] == "MIT"


def test_every_column_is_described_and_no_table_names_another():
    assert {name: list(texts) for name, texts in DESCRIPTIONS.items()} == COLUMNS
    for table in (VOCABULARY, PATTERNS, REFERENCES, TYPES, KEYS):
        for name, columns in table.items():
            assert set(columns) <= set(COLUMNS[name]), name


def test_a_dataset_and_its_folder_give_the_same():
    assert descriptor(open_dataset(SNAPSHOT)) == descriptor(SNAPSHOT)


def test_the_fields_say_what_the_contract_says():
    observations = resource(descriptor(SNAPSHOT), "observations")
    fields = {field["name"]: field for field in observations["schema"]["fields"]}
    assert fields["unit"]["constraints"] == {"required": True, "enum": VOCABULARY["observations.csv"]["unit"]}
    assert fields["year"]["type"] == "year"
    assert fields["value"] == {"name": "value", "type": "number", "description": DESCRIPTIONS["observations.csv"]["value"]}
    assert fields["token"]["constraints"]["pattern"] == r"^(?:[\s\S]{1,20})$"
    assert observations["schema"]["primaryKey"] == KEYS["observations.csv"]
    assert {"fields": ["region"], "reference": {"resource": "regions", "fields": ["id"]}} in observations["schema"]["foreignKeys"]


def test_frictionless_finds_nothing_wrong_with_the_snapshot():
    assert errors(SNAPSHOT) == []


@pytest.mark.parametrize(
    ("column", "bad", "kind"),
    [("unit", "per cent", "constraint-error"), ("year", "2O20", "type-error"), ("region", "hanyan", "foreign-key")],
)
def test_frictionless_names_a_broken_cell(snapshot, edit, column, bad, kind):
    edit("observations.csv", 5, **{column: bad})
    assert (kind, "observations.csv", 5) in errors(snapshot)


def test_frictionless_notices_a_file_changed_behind_the_descriptor(snapshot, edit):
    edit("observations.csv", 5, note="changed")
    kinds = {error[0] for error in errors(snapshot)}
    assert "byte-count" in kinds
    assert kinds <= {"byte-count", "hash-count"}


def test_frictionless_reads_past_comments_wherever_they_stand(tmp_path):
    folder = tmp_path / "own"
    new_dataset(folder)
    assert errors(folder) == []
    observations = folder / "observations.csv"
    observations.write_text("# above the header\n" + observations.read_text(encoding="utf-8"), encoding="utf-8")
    write_descriptor(folder)
    assert errors(folder) == []
    assert resource(descriptor(folder), "observations")["dialect"] == {"commentChar": "#", "headerRows": [2]}


def test_optional_files_are_listed_where_they_are(tmp_path, snapshot):
    folder = tmp_path / "own"
    new_dataset(folder)
    package = descriptor(folder)
    assert [r["path"] for r in package["resources"]] == [*COLUMNS, "corrections.yaml"]
    assert package["profile"] == "data-package"
    assert "licenses" not in package, "whose data it is, is not for us to say"
    for name in OPTIONAL_FILES:
        (folder / name).unlink()
    package = descriptor(folder)
    assert [r["name"] for r in package["resources"]] == ["observations", "sources", "indicators", "regions", "breaks"]
    assert package["profile"] == "tabular-data-package"


def test_what_people_wrote_into_it_stays(snapshot):
    file = snapshot / "datapackage.json"
    mine = {"title": "Mine", "licenses": [{"name": "CC-BY-4.0"}], "resources": [], "description": "old"}
    file.write_text(json.dumps(mine), encoding="utf-8")
    write_descriptor(snapshot)
    written = json.loads(file.read_text(encoding="utf-8"))
    assert (written["title"], written["licenses"]) == ("Mine", [{"name": "CC-BY-4.0"}])
    assert written["resources"]
    assert written["description"] != "old"


def test_a_broken_descriptor_is_one_sentence(snapshot):
    (snapshot / "datapackage.json").write_text("{", encoding="utf-8")
    with pytest.raises(SnapshotError, match="datapackage.json is not JSON: .* delete it to have it written anew"):
        descriptor(snapshot)


@pytest.mark.parametrize(("arguments", "says"), [(["nowhere"], "is missing"), ([], "name one snapshot folder")])
def test_the_module_as_a_command_answers_mistakes_with_one_sentence(tmp_path, arguments, says):
    command = [sys.executable, "-m", "hanyang_data.record.datapackage", *arguments]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert says in done.stderr
    assert "Traceback" not in done.stderr
