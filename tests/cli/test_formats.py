"""``--formats`` chooses the pictures of all runs that draw any."""

import pytest
from click.testing import CliRunner

from hanyang_data.cli.main import main


def planned(*words):
    return CliRunner().invoke(main, ["run", "trend", "--dry-run", *words])


def test_it_is_the_parameter_of_the_notebook():
    assert planned("--formats", "svg").output == planned("-p", "formats=[svg]").output != planned().output
    assert planned("--formats", "png,svg").output == planned("-p", "formats=[png, svg]").output


@pytest.mark.parametrize("wrong", ["gif", "svg,gif"])
def test_another_format_is_one_sentence(wrong):
    told = planned("--formats", wrong)
    assert told.exit_code == 2
    assert "'gif': known are dta, parquet, pdf, png, svg, xlsx" in told.output and "Traceback" not in told.output
