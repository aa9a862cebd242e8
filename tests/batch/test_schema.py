"""What an editor knows of a params file is what notebooks and catalogue say."""

import json

from helpers import PROJECT


def test_the_schema_is_in_step_with_notebooks_and_catalogue(monkeypatch, tmp_path):
    import jsonschema
    import yaml

    from hanyang_data.batch import schema
    from hanyang_data.record.observations import default_dataset
    from hanyang_data.studies.scope import words

    monkeypatch.chdir(PROJECT)
    text = (PROJECT / "params" / "schema.json").read_text(encoding="utf-8")
    schema.write(tmp_path / "schema.json", words(default_dataset()))
    assert text == (tmp_path / "schema.json").read_text(encoding="utf-8"), "run: make schema"
    validator = jsonschema.Draft202012Validator(json.loads(text))
    files = [f for f in sorted((PROJECT / "params").rglob("*.yaml")) if f.stem != "report"]  # which is another schema's
    for file in files:
        head = file.read_text(encoding="utf-8").splitlines()[0]
        assert head.startswith("# yaml-language-server: $schema=")
        assert (file.parent / head.split("=", 1)[1]).resolve() == PROJECT / "params" / "schema.json"
        assert not list(validator.iter_errors(yaml.safe_load(file.read_text(encoding="utf-8"))))
    for wrong in (
        {"notebook": "trnd"},
        {"notebook": "trend", "parameters": {"region": "atlantis"}},
        {"notebook": "trend", "x": 1},
    ):
        assert list(validator.iter_errors(wrong))
