"""Parts of a year: asked for by period, shown as what they are, never among whole years."""

import pytest
from click.testing import CliRunner
from helpers import printed

import hanyang_data as hd
from hanyang_data.cli.main import main
from hanyang_data.errors import ParameterError


def show(*arguments):
    return CliRunner().invoke(main, ["show", "gdp", *arguments])


@pytest.mark.parametrize("period", ["h1", "上半年", "H1 "])
def test_a_part_of_a_year_is_loaded_and_says_so(period):
    frame = hd.load("gdp", "wuchang", period=period)
    assert frame["value"].dropna().to_dict() == {2019: 9.0, 2020: -14.2, 2023: 5.6}
    assert frame["flag"].tolist() == ["h1", "h1", "missing", "missing", "h1"]  # a step of one row is a step of one year
    assert frame.attrs["period"] == "h1"


def test_whole_years_hold_no_part_and_say_nothing_of_periods():
    frame = hd.load("gdp", "hanyang")
    assert 2019 not in frame.index[frame["flag"] != "missing"]
    assert not frame["flag"].str.contains("h1|q1").any()
    assert "period" not in frame.attrs
    assert frame.equals(hd.load("gdp", "hanyang", period="annual"))


def test_parts_follow_the_same_rules_of_vintage_and_day(add):
    later = printed("wuchang", "gdp", 2019, 8.5, vintage="final", period="h1", source_id="wuhan_bulletin_2022")
    data = hd.open_dataset(add("observations.csv", later))
    asked = {"period": "h1", "dataset": data}
    assert hd.load("gdp", "wuchang", **asked).at[2019, "value"] == 8.5
    assert hd.load("gdp", "wuchang", vintage="first", **asked).at[2019, "value"] == 9.0
    assert hd.load("gdp", "wuchang", as_of="2020-01-01", **asked).index.tolist() == [2019]
    assert len(hd.load("gdp", "wuchang", vintage="all", **asked).loc[[2019]]) == 2


def test_levels_are_compared_part_by_part():
    table = hd.compare("gdp", ["武昌", "jiangan"], measure="level", period="h1")
    assert table.loc[2022].tolist()[1] == 755.1
    assert table.at[2023, "wuchang"] == 856.52


def test_show_takes_a_period():
    shown = show("--region", "wuchang", "--period", "h1")
    assert shown.exit_code == 0
    assert "-14.2" in shown.output
    assert "First Half of 2020" in shown.output
    assert show("--region", "wuhan", "--period", "q1", "--json").output.count("q1") >= 3


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--period", "q2"], "period is 'q2': known are annual, q1_q3, h1, q1"),
        (["--period", "q1"], "no growth outturn of q1 of gdp for hanyang: the record holds nothing on it"),
        (["--period", "h1", "--derived"], "derived values are of whole years"),
        (["--period", "h1", "--targets", "original"], "leave --targets and --revisions out"),
        (["--period", "h1", "--measure", "level"], "the record holds growth outturns of 2019"),
    ],
)
def test_what_no_part_can_answer_is_one_sentence(arguments, says):
    shown = show(*arguments)
    assert shown.exit_code == 2
    assert says in shown.output
    assert shown.output.count("\n") == 1


def test_a_period_that_is_none_is_refused_by_the_api():
    for period in ("q2", "", None, 1):
        with pytest.raises(ParameterError, match="period is"):
            hd.load("gdp", period=period)
