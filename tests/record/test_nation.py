"""A nation goes through the same doors as the one district; how fast is for `make bench` to say."""

import re

import pandas as pd
import pytest
from click.testing import CliRunner
from nation import INDICATORS, YEARS, regions, write_nation

import hanyang_data as hd
from hanyang_data.cli.main import main
from hanyang_data.record.audit import audit_record

COUNTIES = 56


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_nation(tmp_path_factory.mktemp("nation"), counties=COUNTIES)


@pytest.fixture(scope="module")
def data(folder):
    return hd.open_dataset(folder)


def test_the_same_seed_gives_the_same_nation(folder, tmp_path):
    again = write_nation(tmp_path, counties=COUNTIES)
    assert {f.name: f.read_bytes() for f in again.iterdir()} == {f.name: f.read_bytes() for f in folder.iterdir()}


def test_it_is_as_uneven_as_a_record_is(data):
    obs = data.observations
    assert set(obs["vintage"]) == {"initial_estimate", "preliminary", "original"}
    assert {"point", "about", "over", "at_least"} <= set(obs["qualifier"])
    assert len(data.breaks) and not data.oddities
    share = obs.query("measure == 'level'").drop_duplicates(["region", "indicator", "year"])
    cells = pd.Series([id_[0] for id_ in regions(COUNTIES).ids]).value_counts() * len(INDICATORS) * len(YEARS)
    known = share["region"].str[0].value_counts() / cells
    assert 0.45 < known["d"] < 0.55 < known["c"]


def test_a_series_of_it_holds_what_its_file_prints(data, folder):
    printed = pd.read_csv(folder / "observations.csv", dtype={"value": float})
    ours = printed.query("region == 'd0017' and indicator == 'gdp' and measure == 'level' and period == 'annual'")
    ours = ours.query("concept == 'outturn'")
    series = hd.load("gdp", "d0017", "level", vintage="all", dataset=data)
    assert sorted(series["value"]) == sorted(ours["value"]) and len(series)
    assert set(hd.load("gdp", "d0017", "level", dataset=data)["value"].dropna()) <= set(ours["value"])


def test_the_identities_hold_but_for_what_is_printed_too_high(data):
    checks = {re.match(r"(\w+)", fault)[0] for fault in audit_record(data).faults}
    assert "vintage_out_of_order" not in checks and "target_after_its_year" not in checks


def test_a_region_is_found_by_its_names_and_a_wrong_one_by_its_neighbours(data):
    name = data.regions.loc["d0017", "name_zh"]
    assert hd.load("gdp", name, dataset=data).attrs["region"] == "d0017"
    with pytest.raises(KeyError, match="did you mean"):
        hd.load("gdp", data.regions.loc["d0017", "name_en"] + "x", dataset=data)


def test_the_command_shows_and_lists_the_nation(folder, data):
    shown = CliRunner().invoke(main, ["show", "gdp", "--region", "p00", "--measure", "level", "--data", str(folder)])
    assert shown.exit_code == 0, shown.output
    assert "Synthetic" in shown.output
    listed = CliRunner().invoke(main, ["list", "series", "--data", str(folder)])
    assert listed.exit_code == 0, listed.output
    assert len(listed.output.splitlines()) == 1 + len(hd.catalog(data))
