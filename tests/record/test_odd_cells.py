"""Odd cells and files, as Excel and Chinese readers write them: each is read right or refused well, none is read wrong."""

import csv
import io
import re

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import hanyang_data as hd
from hanyang_data.cli.main import main
from hanyang_data.errors import SnapshotError
from hanyang_data.record.contract import COLUMNS
from hanyang_data.record.lenient import HALF_WIDTH, Cell, cleaned
from hanyang_data.record.observations import default_dataset

PLAIN = default_dataset()
LEVEL = {"value": "1234.5", "token": "1234.5亿元"}  # row 2: GDP of Hanyang in 2017
FALL = {"value": "-2.3", "token": "-2.3%"}  # row 3: its growth

# what is odd: the row of observations.csv, its cells, and as what the first of them must be read
READ = {
    "thousands commas": (2, LEVEL | {"value": "1,234.5"}, 1234.5),
    "thousands commas without a fraction": (2, {"value": "1,234", "token": "1234亿元"}, 1234),
    "full-width digits": (2, {"value": "９４８"}, 948),
    "full-width digits, comma and dot": (2, LEVEL | {"value": "１，２３４．５"}, 1234.5),
    "blanks around": (2, {"value": " 948 "}, 948),
    "an ideographic blank": (2, {"value": "948\u3000"}, 948),
    "a non-breaking blank": (2, {"value": "\u00a0948"}, 948),
    "the minus sign": (3, FALL | {"value": "−2.3"}, -2.3),
    "an en dash": (3, FALL | {"value": "–2.3"}, -2.3),
    "a full-width minus": (3, FALL | {"value": "－2.3"}, -2.3),
    "a plus sign": (3, {"value": "+7"}, 7),
    "percent where the unit is percent": (3, {"value": "7%"}, 7),
    "a full-width percent sign": (3, {"value": "7.0 ％"}, 7),
    "all of it at once": (3, FALL | {"value": " －２．３％ "}, -2.3),
    "2017年": (2, {"year": "2017年"}, 2017),
    "2017年度": (2, {"year": "2017年度"}, 2017),
    "a year as Excel computes": (2, {"year": "2017.0"}, 2017),
    "a year in Chinese": (2, {"year": "二〇一七年"}, 2017),
    "a full-width year": (2, {"year": "２０１７"}, 2017),
    "a period in Chinese": (2, {"period": "全年"}, "annual"),
    "capitals": (2, {"period": "Annual"}, "annual"),
    "capitals in a unit": (2, {"unit": "cny_100m"}, "CNY_100M"),
    "blanks in a word": (2, {"measure": "level "}, "level"),
    "a Chinese name for an id": (2, {"region": "汉阳区"}, "hanyang"),
    "an English name for an id": (2, {"indicator": "GDP"}, "gdp"),
    "full-width letters in an id": (2, {"indicator": "ｇｄｐ"}, "gdp"),
}
# what is odd: row, cells, what the sentence says of the first of them
REFUSED = {
    "a decimal comma": (2, {"value": "948,0"}, "a plain number"),
    "a comma in the wrong place": (2, {"value": "1,23,456"}, "a plain number"),
    "a footnote's digit": (2, {"value": "948²"}, "a plain number"),
    "a footnote's number": (2, {"value": "948①"}, "a plain number"),
    "a bracketed negative": (3, {"value": "(2.3)"}, "a plain number"),
    "a percent sign where the unit is money": (2, {"value": "948%"}, "a plain number"),
    "permille": (3, {"value": "7‰"}, "a plain number"),
    "a number with its unit": (2, {"value": "948亿元"}, "a plain number"),
    "digits in powers of ten": (2, {"value": "9.48E+02"}, "a plain number"),
    "two numbers": (2, {"value": "280 23.6"}, "a plain number"),
    "a dash for nothing": (2, {"value": "—"}, "a plain number"),
    "Excel's error": (2, {"value": "#N/A"}, "a plain number"),
    "not a number": (2, {"value": "nan"}, "a plain number"),
    "infinity": (2, {"value": "inf"}, "a plain number"),
    "Arabic-Indic digits": (2, {"value": "٩٤٨"}, "a plain number"),
    "a Chinese numeral": (2, {"value": "九百四十八"}, "a plain number"),
    "a percentage as a fraction": (3, {"value": "0.07"}, "says another number"),
    "a lost thousand": (2, LEVEL | {"value": "1.2345"}, "says another number"),
    "万元 in a column of 亿元": (2, {"value": "9480000"}, "says another number"),
    "swapped bounds": (3, {"value": "8", "value_high": "7", "qualifier": "range", "token": "7-8%"}, "a number above value"),
    "a unit in Chinese": (2, {"unit": "亿元"}, "one of CNY_100M"),
    "a day for a year": (2, {"year": "2017/12/31"}, "a year such as 2020"),
    "two digits of a year": (2, {"year": "17年"}, "a year such as 2020"),
    "a year and a half": (2, {"year": "2017.5"}, "a year such as 2020"),
    "a name of two ids": (2, {"indicator": "外资"}, "an id listed in indicators.csv"),
    "a name that is near": (2, {"region": "汉阳县镇"}, "an id listed in regions.csv"),
}
DAYS = {
    "2018/2/28": "2018-02-28", "2018-2-8": "2018-02-08", "2018.2.28": "2018-02-28", "2018年2月28日": "2018-02-28",
    "２０１８年２月": "2018-02", "2018/2": "2018-02", "20180228": "2018-02-28", "2018年": "2018",
    "2018-02-28 00:00:00": "2018-02-28", "2018-02-28T00:00:00": "2018-02-28",
}  # fmt: skip
NO_DAYS = ["2/28/2018", "28.2.2018", "18/2/28", "2018.1", "43159", "2018/13/28", "2018/2-28", "2018年2", "Feb 2018"]


def cell(data, row, column):
    return data.printed.at[row, column]


@pytest.mark.parametrize(("row", "cells", "meant"), READ.values(), ids=READ)
def test_an_odd_cell_with_one_reading_is_read_right_and_said(edit, row, cells, meant):
    data = hd.open_dataset(edit("observations.csv", row, **cells))
    column = next(iter(set(cells) - {"token"})) if len(cells) > 1 else next(iter(cells))
    assert cell(data, row, column) == (pytest.approx(meant) if isinstance(meant, float) else meant)
    assert len(data.printed) == len(PLAIN.printed)
    assert any(f"row {row}, column {column}" in str(odd) for odd in data.oddities)


@pytest.mark.parametrize(("row", "cells", "says"), REFUSED.values(), ids=REFUSED)
def test_an_odd_cell_with_two_readings_is_refused_where_it_stands(edit, row, cells, says):
    with pytest.raises(SnapshotError) as caught:
        hd.open_dataset(edit("observations.csv", row, **cells))
    assert str(caught.value).startswith(f"observations.csv, row {row}, column ")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("written", "meant"), DAYS.items())
def test_a_day_as_excel_or_a_chinese_reader_writes_it(edit, written, meant):
    data = hd.open_dataset(edit("sources.csv", 2, published_on=written))
    assert data.sources["published_on"].iloc[0] == meant


@pytest.mark.parametrize("written", NO_DAYS)
def test_a_day_with_two_readings_is_refused(edit, written):
    with pytest.raises(SnapshotError, match="column published_on: .* expected"):
        hd.open_dataset(edit("sources.csv", 2, published_on=written))


def retold(text, separator, wrong=""):
    """The same rows with another separator, and something behind each."""
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=separator, lineterminator="\n")
    writer.writerows([*row, *([""] * len(wrong))] for row in csv.reader(io.StringIO(text)))
    return lines.getvalue() + separator * len(wrong) + "\n" * bool(wrong)


FILES = {
    "GBK": lambda t: t.encode("gb18030"),
    "UTF-16 with tabs, as Excel's Unicode text": lambda t: retold(t, "\t").encode("utf-16"),
    "UTF-16, big end first": lambda t: b"\xfe\xff" + t.encode("utf-16-be"),
    "UTF-8 with its mark": lambda t: t.encode("utf-8-sig"),
    "semicolons": lambda t: retold(t, ";").encode(),
    "semicolons told": lambda t: ("sep=;\n" + retold(t, ";")).encode(),
    "Windows line ends": lambda t: t.replace("\n", "\r\n").encode(),
    "old Mac line ends": lambda t: t.replace("\n", "\r").encode(),
    "empty columns and rows": lambda t: retold(t, ",", "   ").encode(),
    "names of columns in capitals": lambda t: (t.split("\n", 1)[0].title() + "\n" + t.split("\n", 1)[1]).encode(),
    "GBK, tabs, Windows, empty rows": lambda t: retold(t, "\t", "  ").replace("\n", "\r\n").encode("gb18030"),
}


@pytest.mark.parametrize("written", FILES.values(), ids=FILES)
def test_a_file_as_people_save_it_is_read_as_the_same_figures_and_written_clean(snapshot, written):
    before = {name: (snapshot / name).read_text(encoding="utf-8") for name in COLUMNS}
    for name, text in before.items():
        (snapshot / name).write_bytes(written(text))
    data = hd.open_dataset(snapshot)
    for name in ("printed", "observations", "sources", "indicators", "regions", "breaks", "rejects", "discrepancies"):
        assert getattr(data, name).reset_index(drop=True).equals(getattr(PLAIN, name).reset_index(drop=True)), name
    shown = CliRunner().invoke(main, ["audit", "--fix", str(snapshot)])
    assert shown.exit_code == 0, shown.output
    assert hd.open_dataset(snapshot).oddities == ()
    if data.oddities:
        assert shown.output.count("written clean: ") == 1
        for name, text in before.items():
            written_now = (snapshot / name).read_text(encoding="utf-8")
            assert list(csv.reader(io.StringIO(written_now))) == list(csv.reader(io.StringIO(text))), name


@given(st.text(alphabet="0123456789０１９,，.．-−–－+%％ \u3000²①٣年亿", max_size=9), st.booleans(), st.booleans())
def test_no_way_of_writing_a_number_loses_or_makes_a_digit_a_dot_or_a_sign(text, percent, comma):
    read, said = cleaned(Cell(text, percent, comma), "observations.csv", "value")
    plain = text.translate(HALF_WIDTH)
    if said and read:
        assert [c for c in read if c.isdigit() or c == "."] == [c for c in plain if c.isdigit() or c == "."]
        assert read.startswith("-") == any(sign in plain for sign in "-−–")
    else:
        assert read == ("" if said else text)  # nothing but blanks is nothing


def test_the_snapshot_of_the_package_is_written_clean():
    assert PLAIN.oddities == ()


def test_a_western_code_page_is_not_taken_for_chinese(snapshot):
    file = snapshot / "regions.csv"
    file.write_bytes(file.read_text(encoding="utf-8").encode("ascii", "ignore").replace(b"Wuchang", b"W\xfcchang"))
    with pytest.raises(SnapshotError, match="not in UTF-8, UTF-16 or GBK"):
        hd.open_dataset(snapshot)


def test_a_comma_in_a_file_of_semicolons_may_be_a_decimal_one_and_is_refused(edit):
    file = edit("observations.csv", 2, value="1,234", token="1234亿元") / "observations.csv"
    file.write_text(retold(file.read_text(encoding="utf-8"), ";"), encoding="utf-8")
    with pytest.raises(SnapshotError, match="column value: found '1,234'"):
        hd.open_dataset(file.parent)


def test_a_comma_that_shifts_cells_is_a_fault_also_where_the_last_one_is_empty(snapshot):
    file = snapshot / "observations.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",948,", ",9,48,", 1), encoding="utf-8")
    with pytest.raises(SnapshotError, match="row 2: found 18 cells, expected 17 as in the header"):
        hd.open_dataset(snapshot)


def test_corrections_in_gbk_are_read_and_written_clean(snapshot):
    file = snapshot / "corrections.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_bytes(text.encode("gb18030"))
    assert hd.open_dataset(snapshot).corrections.equals(PLAIN.corrections)
    assert "corrections.yaml: GBK" in CliRunner().invoke(main, ["audit", "--fix", str(snapshot)]).output
    assert file.read_text(encoding="utf-8") == text


def test_show_says_in_one_line_what_was_read_differently(edit):
    folder = edit("observations.csv", 3, value="７%")
    shown = CliRunner().invoke(main, ["show", "gdp", "--data", str(folder)])
    assert shown.exit_code == 0
    assert re.search(r"^read differently than written: .*percent signs.*row 3, column value.*--fix", shown.stderr)
    assert shown.stderr.count("\n") == 1
    assert "read differently" not in shown.stdout


def test_fix_leaves_comments_and_sound_files_as_they_are(edit):
    folder = edit("observations.csv", 3, value="７%")
    file, sound = folder / "observations.csv", (folder / "sources.csv").read_bytes()
    head, *rows = file.read_text(encoding="utf-8").splitlines()
    clean = [head, "# read in March, with a comma", "", *rows]
    file.write_text("\n".join(clean) + "\n", encoding="utf-8")
    assert CliRunner().invoke(main, ["audit", "--fix", str(folder)]).exit_code == 0
    written = file.read_text(encoding="utf-8").splitlines()
    assert written == [line.replace("７%", "7", 1) for line in clean if line]
    assert (folder / "sources.csv").read_bytes() == sound
    assert CliRunner().invoke(main, ["audit", "--fix", str(folder)]).stderr == "nothing to fix\n"


def test_fix_of_no_snapshot_is_one_sentence(tmp_path):
    shown = CliRunner().invoke(main, ["audit", "--fix", str(tmp_path)])
    assert shown.exit_code == 2
    assert shown.output.startswith("error: ")
    assert shown.output.count("\n") == 1
