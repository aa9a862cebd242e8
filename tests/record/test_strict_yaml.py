"""Whatever a YAML file holds, it is read as it is meant or refused in one short sentence and in a short time."""

import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from helpers import PROJECT

from hanyang_data import open_dataset
from hanyang_data.cli.main import main
from hanyang_data.errors import ParameterError, SnapshotError
from hanyang_data.record.strict_yaml import MAX_BYTES, read_yaml

FILE = "notebook: trend\nparameters:\n  region: hanyang\n  {}\n"
HOSTILE = {
    "day": ("as_of: 2021-13-45", "'2021-13-45' is no timestamp (month must be in 1..12)"),
    "int": ("start_year: !!int abc", "'abc' is no int"),
    "float": ("start_year: !!float abc", "'abc' is no float"),
    "bool": ("start_year: !!bool maybe", "'maybe' is no bool"),
    "timestamp": ("as_of: !!timestamp foo", "'foo' is no timestamp"),
    "digits": (f"start_year: {'9' * 5000}", "is no int"),
    "hexadecimal": (f"start_year: 0x{'f' * 5000}", "a whole number of 20000 bits"),
    "surrogate": ('indicator: "\\ud800"', "holds a character that no text can hold"),
    "surrogate key": ('"\\ud800": 1', "holds a character that no text can hold"),
    "nested": (f"formats: {'[' * 3000}", "is not YAML"),
    "nested and closed": (f"formats: {'[' * 3000}{']' * 3000}", "it is nested too deeply"),
    "key of a list": ("? [a, b]\n  : c", "is not YAML"),
    "object": ("region: !!python/object:os.system {}", "is not YAML"),
    "circle": ("formats: &a [*a]", "an alias stands within what it names"),
    "long text": (f"indicator: {'x' * 200_000}", "unknown indicator"),
    "many keys": ("\n  ".join(f"k{n}: 1" for n in range(30_000)), "unknown parameter 'k0'"),
    "doubled late": ("\n  ".join(f"k{n}: 1" for n in (*range(10_000), 9999)), "'k9999' stands twice"),
    "bomb": (
        "a: &a [x, x, x, x, x, x, x, x, x, x]\n  "
        + "\n  ".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
        "it stands for more than 200,000 values",
    ),
    "nulls": ("region: '\x00'", "is not YAML"),
}


@pytest.fixture
def hanyang(monkeypatch):
    monkeypatch.chdir(PROJECT)

    def call(*words):
        result = CliRunner().invoke(main, [str(word) for word in words])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return call


@pytest.mark.parametrize(("line", "said"), HOSTILE.values(), ids=list(HOSTILE))
def test_a_params_file_is_refused_in_one_short_sentence(hanyang, tmp_path, line, said):
    file = tmp_path / "mine.yaml"
    file.write_text(FILE.format(line), encoding="utf-8")
    started = time.process_time()
    shown = hanyang("run", file, "--out", tmp_path / "out", "--dry-run")
    assert time.process_time() - started < 20
    assert shown.exit_code == 2
    assert said in shown.output
    assert len(shown.output) < 1500
    assert shown.output.count("\n") <= 2
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("as_of=2021-13-45", "2021-13-45"),
        ("as_of=!!timestamp foo", "!!timestamp foo"),
        ("start_year=!!int abc", "start_year is '!!int abc', expected a whole number"),
        (f"start_year={'9' * 5000}", "start_year is '999"),
        (f"start_year=0x{'f' * 5000}", "start_year is '0xf"),
        (f"formats={'[' * 3000}{']' * 3000}", "formats is '[["),
        ("region=\udcff", "holds a character that is none in UTF-8"),
    ],
    ids=["day", "timestamp", "int", "digits", "hexadecimal", "nested", "surrogate"],
)
def test_a_parameter_of_the_command_line_is_refused_in_one_short_sentence(hanyang, tmp_path, given, said):
    shown = hanyang("run", "params/trend.yaml", "-p", given, "--out", tmp_path / "out", "--dry-run")
    assert shown.exit_code == 2
    assert said in shown.output
    assert len(shown.output) < 1500


def test_a_file_beyond_the_limit_is_refused_and_the_limit_is_said(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("#" * (MAX_BYTES + 1))
    with pytest.raises(ParameterError, match="more than 500,000 bytes, which is the limit"):
        read_yaml(file)
    file.write_text("#" * (MAX_BYTES - 10))
    assert read_yaml(file) is None


@pytest.mark.parametrize("number", ["9" * 400, "9" * 5000, f"0x{'f' * 500}"])
def test_a_number_that_none_can_be_in_the_corrections_is_one_sentence(snapshot, number):
    file = snapshot / "corrections.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("expect:", f"expect: {number} #", 1), encoding="utf-8")
    with pytest.raises(SnapshotError) as caught:
        open_dataset(snapshot)
    assert len(str(caught.value)) < 1000
    assert "corrections.yaml is not YAML" in str(caught.value)


def test_what_is_meant_is_read(tmp_path):
    file = Path(tmp_path / "mine.yaml")
    file.write_text("a: &list [1, 2]\nb: *list\nc: 2021-06-30\nd: {e: .5, f: yes}\n", encoding="utf-8-sig")
    read = read_yaml(file)
    assert read["a"] == read["b"] == [1, 2]
    assert str(read["c"]) == "2021-06-30"
    assert read["d"] == {"e": 0.5, "f": True}
