"""A snapshot of 60,000 rows goes through the same doors as the small one; how fast is for `make bench` to say."""

import pytest
from click.testing import CliRunner
from panel import DISTRICTS, INDICATORS, YEARS, level, write_panel

import hanyang_data as hd
from hanyang_data.cli.main import main


@pytest.fixture(scope="module")
def panel(tmp_path_factory):
    return write_panel(tmp_path_factory.mktemp("panel"))


def test_the_panel_loads_and_a_series_of_it_is_right(panel):
    data = hd.open_dataset(panel)
    assert len(data.observations) == 60_000
    series = hd.load(INDICATORS[3], DISTRICTS[150], "level", dataset=data)
    assert series["value"].to_dict() == {year: level(150, 3, year) for year in YEARS}
    assert set(series["source_id"]) == {f"s{year}" for year in YEARS}


def test_the_command_shows_and_lists_the_panel(panel):
    shown = CliRunner().invoke(
        main, ["show", INDICATORS[9], "--region", DISTRICTS[299], "--measure", "level", "--data", str(panel)]
    )
    assert shown.exit_code == 0, shown.output
    assert str(level(299, 9, 2019)) in shown.output
    listed = CliRunner().invoke(main, ["list", "series", "--data", str(panel)])
    assert listed.exit_code == 0, listed.output
    assert len(listed.output.splitlines()) == 1 + len(DISTRICTS) * len(INDICATORS)
