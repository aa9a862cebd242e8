"""A folder of one's own: it works as it stands, every mistake in it is named where it is, and the notebooks run on it."""

import json
import re

import pytest
from click.testing import CliRunner
from helpers import PROJECT

import hanyang_data as hd
from hanyang_data.cli.main import main
from hanyang_data.errors import SnapshotError
from hanyang_data.record.contract import COLUMNS, DESCRIPTIONS, VOCABULARY
from hanyang_data.record.datapackage import codebook, new_dataset


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "own"
    new_dataset(folder)
    return folder


@pytest.fixture
def hanyang(monkeypatch):
    monkeypatch.chdir(PROJECT)
    return lambda *arguments: CliRunner().invoke(main, [str(a) for a in arguments])


def change(file, line, old, new):
    """Put ``new`` in place of ``old`` in one line of the file, counted as an editor counts."""
    lines = file.read_text(encoding="utf-8").split("\n")
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    file.write_text("\n".join(lines), encoding="utf-8")


def line_of(file, start):
    lines = file.read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, start=1) if line.startswith(start))


def test_the_folder_works_as_it_stands(own):
    data = hd.open_dataset(own)
    growth = hd.load("gdp", "nation", dataset=data)
    assert growth["value"].to_dict() == {2020: 2.2, 2021: 8.4, 2022: 3.0, 2023: 5.2, 2024: 5.0}
    first = hd.load("gdp", "nation", vintage="first", dataset=data)
    assert first["value"].head(2).to_list() == [2.3, 8.1]
    assert hd.targets("gdp", "nation", dataset=data)["qualifier"].to_list() == ["none", "at_least", *["about"] * 4]
    assert hd.load("consumer_prices", "nation", dataset=data).loc[2022, "value"] == 2.0
    assert len(data.rejects) == 1
    assert data.corrections.empty
    assert data.breaks.empty


def test_the_gdp_of_a_nation_is_called_so_in_chinese(own):
    """国内生产总值 of the nation, 地区生产总值 of all below it (NBS); whatever the table of indicators calls it."""
    data = hd.open_dataset(own)
    nation, province = (hd.trend("gdp", r, start_year=2020, end_year=2024, lang="zh", dataset=data) for r in ("nation", "hubei"))
    assert nation.answer("zh").finding.startswith("2020—2024年全国国内生产总值年均增长")
    assert "湖北省地区生产总值" in province.answer("zh").finding
    shown = nation.chart("growth_and_level")
    assert "全国国内生产总值" in shown.caption.title
    assert "地区生产总值" not in shown.caption.alt
    met = hd.target_shortfall("gdp", "nation", lang="zh", start_year=2020, end_year=2024, dataset=data)
    assert met.table("by_indicator").index.tolist() == ["国内生产总值"]
    assert "武汉市地区生产总值" in hd.trend("gdp", "wuhan").answer("zh").finding


def test_every_example_says_where_it_was_read(own):
    data = hd.open_dataset(own)
    assert data.sources["url"].str.startswith("http").all()
    assert set(data.observations["source_id"]) == set(data.sources.index)
    assert (data.observations["reliability"] == "reprint").all()  # read on pages of others, not at the publisher's


def test_every_column_is_explained_in_the_file_and_in_the_readme(own):
    readme = (own / "README.md").read_text(encoding="utf-8")
    assert codebook() in readme
    for name, columns in COLUMNS.items():
        text = (own / name).read_text(encoding="utf-8")
        for column in columns:
            assert f"# {column}: {DESCRIPTIONS[name][column]}" in text
        for words in VOCABULARY.get(name, {}).values():
            assert " | ".join(words) in text
            assert ", ".join(words) in readme


def test_the_corrections_are_an_example_that_holds_once_it_is_uncommented(own):
    file = own / "corrections.yaml"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if re.match(r"#( -|   \w)", line)]
    file.write_text("\n".join(line[2:] for line in lines), encoding="utf-8")
    assert hd.open_dataset(own).corrections["action"].to_list() == ["flag"]


def test_the_files_name_no_folder_of_this_machine(own):
    for file in own.rglob("*.*"):
        assert str(own) not in file.read_text(encoding="utf-8")


def test_the_command_says_what_it_wrote_and_what_comes_next(hanyang, tmp_path):
    folder = tmp_path / "my district"
    done = hanyang("new-dataset", folder)
    assert done.exit_code == 0, done.output
    assert "wrote 13 files" in done.output
    assert f"hanyang show gdp --region nation --data '{folder}'" in done.output
    shown = hanyang("show", "gdp", "--region", "nation", "--data", folder)
    assert shown.exit_code == 0, shown.output
    assert "Source:\n  National Bureau of Statistics, Final Verification of GDP in 2020 (2021-12-17)" in shown.output
    assert "Example:\n    hanyang new-dataset" in hanyang("new-dataset", "--help").output


def test_nothing_is_overwritten(hanyang, own, tmp_path):
    again = hanyang("new-dataset", own)
    assert again.exit_code == 2
    assert again.output == f"error: {own} is not empty: name a new folder, so that nothing is overwritten\n"
    file = tmp_path / "file"
    file.touch()
    assert "is a file: name a new folder" in hanyang("new-dataset", file).output
    assert "cannot be written" in hanyang("new-dataset", file / "below").output
    empty = tmp_path / "empty"
    empty.mkdir()
    assert hanyang("new-dataset", empty).exit_code == 0


# file, start of the line that is changed, what is written in place of what, and what the sentence must say
MISTAKES = {
    "a misspelt column": ("observations.csv", "source_id,", "qualifier", "qualifer", "has unknown qualifer"),
    "a wrong unit": (
        "observations.csv", "nation_bulletin_2021,web,nation,gdp,2021,annual,outturn,level", "CNY_100M", "USD_100M",
        "column unit: found 'USD_100M', expected the level_unit of the indicator in indicators.csv",
    ),
    "an unknown unit": (
        "observations.csv", "nation_bulletin_2021,web,nation,gdp,2021,annual,outturn,level", "CNY_100M", "亿元",
        "column unit: found '亿元', expected one of CNY_100M, percent",
    ),
    "an unknown region": (
        "observations.csv", "hubei_gwr_2024", ",hubei,", ",hubie,",
        "column region: found 'hubie', expected an id listed in regions.csv",
    ),
    "an unknown source": (
        "observations.csv", "nation_final_2020,web", "nation_final_2020", "nation_final_2O20",
        "column source_id: found 'nation_final_2O20', expected an id listed in sources.csv",
    ),
    "a comma in a number": (
        "observations.csv", "hubei_economy_2020", "43443.46", "43,443.46",
        "found 18 cells, expected 17 as in the header",
    ),
    "a date as a spreadsheet writes it": (
        "sources.csv", "nation_final_2021", "2022-12-27", "27/12/2022",
        "column published_on: found '27/12/2022', expected a date such as",
    ),
}  # fmt: skip


@pytest.mark.parametrize("above", ["", "# a comment in the middle of the rows\n", "\n# two lines\n"])
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_the_row_an_editor_shows(own, hanyang, mistake, above):
    name, start, old, new, says = MISTAKES[mistake]
    file = own / name
    line = line_of(file, start)
    change(file, line, old, new)
    change(file, line, "", above)
    line += above.count("\n")
    with pytest.raises(SnapshotError) as caught:
        hd.open_dataset(own)
    assert str(caught.value).startswith(f"{name}, row {line}")
    assert says in str(caught.value)
    done = hanyang("show", "gdp", "--region", "nation", "--data", own)
    assert done.exit_code == 2
    assert done.output.startswith(f"error: {name}, row {line}")


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_notebooks_run_on_the_folder_and_cite_its_sources(own, hanyang, tmp_path, lang):
    plans = [own / "params" / f"{name}.yaml" for name in ("trend", "target_shortfall")]
    for plan in plans:
        plan.write_text(plan.read_text(encoding="utf-8").replace("lang: en", f"lang: {lang}"), encoding="utf-8")
    done = hanyang("run", *plans, "--data", own, "--out", tmp_path / "runs")
    assert done.exit_code == 0, done.output
    ours = hd.open_dataset(own).sources
    for plan in plans:
        (folder,) = (tmp_path / "runs" / plan.stem).iterdir()
        results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
        assert results["sources"]
        assert {source["source_id"] for source in results["sources"]} <= set(ours.index)
        assert all((folder / f).stat().st_size > 3_000 for figure in results["figures"].values() for f in figure["files"][:3])
        bureau, nothing = ("国家统计局", "无数据") if lang == "zh" else ("National Bureau of Statistics", "no row was drawn")
        cited = [figure["source"] for figure in results["figures"].values()]
        assert all(bureau in source or nothing in source for source in cited)  # there is no plan target in the template
        assert bureau in cited[0]
