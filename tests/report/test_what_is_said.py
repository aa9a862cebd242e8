"""What the words of a report say of its figures and tables: of which year, of which texts, which signs."""

import csv
import json
import re
import shutil
from dataclasses import replace

import pytest
from finished_runs import SPEC, finished

import hanyang_data as hd
from hanyang_data.report import build
from hanyang_data.report.document import Document
from hanyang_data.studies.tables import Column


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """A gap and targets of one year, and a trend with a figure of a secondary page, in both languages."""
    asked = {"growth_gap": {}, "target_shortfall": {}, "trend": {"region": "hanyang"}}
    folder = tmp_path_factory.mktemp("said")
    return {
        lang: [finished(name, lang, folder / f"{name}-{lang}", **more, formats=["png", "svg"]) for name, more in asked.items()]
        for lang in ("en", "zh")
    }


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_table_of_one_year_says_which_and_its_csv_too(runs, lang, tmp_path):
    spec = replace(SPEC, languages=(lang,), formats=("csv",))
    build(spec, runs[lang], tmp_path / "made")
    years = {"by_indicator": {"2020", "2023"}, "by_region_and_indicator": {"2023"}, "all_targets": {"2020"}}
    tables = [table for table in Document(spec, runs[lang], lang).tables if table.name in years]
    assert len(tables) >= 4
    for table in tables:
        (year,) = re.findall(r"20\d\d", table.title)
        assert year in years[table.name]
        with (tmp_path / f"made/report_{lang}_csv/{table.stem}.csv").open(encoding="utf-8-sig", newline="") as file:
            head, *rows = csv.reader(file)
        assert head[-1] == {"en": "Year", "zh": "年份"}[lang]
        assert {row[-1] for row in rows} == {year}


def test_the_day_is_that_of_the_newest_text_behind_what_the_brief_shows(runs):
    document = Document(SPEC, runs["en"], "en")
    shown = {id_ for section in document.sections for id_ in section.cited}
    newest = max(source.published_on for source in document.sources if source.id in shown)
    assert newest < max(source.published_on for source in document.sources)
    assert document.newest == f"Figures and tables rest on texts published up to {newest}."


def test_a_sign_is_explained_where_a_cell_has_it(runs):
    document = Document(SPEC, runs["en"], "en")
    for table in document.tables:
        cells, note = "".join(cell for row in table.shown for cell in row), document.note_of(table)
        assert ("*: from a secondary source." in note) == ("*" in cells), table.title
        assert ("†: corrected or doubtful." in note) == ("†" in cells), table.title
    (table,) = [t for t in document.tables if t.name == "figures_on_record" and not t.number.startswith("A")]
    assert "790*" in "".join(cell for row in table.shown for cell in row)


def test_words_are_not_read_back(runs, tmp_path):
    """What a figure says and which marks a table has stand in results.json: another wording or a star in a name tells nothing."""
    run = replace(runs["en"][2], folder=shutil.copytree(runs["en"][2].folder, tmp_path / "run"))
    file = run.folder / "results.json"
    results = json.loads(file.read_text(encoding="utf-8"))
    assert results["says_finding"] == ["growth_and_level"]
    results["figures"]["growth_and_level"]["title"] = "Something else"
    for row in results["tables"]["statistics"]["rows"]:
        row[results["tables"]["statistics"]["columns"][0]["head"]] = "A* † –"
    file.write_text(json.dumps(results), encoding="utf-8")
    document = Document(SPEC, [run], "en")
    (statistics,) = [table for table in document.tables if table.name == "statistics"]
    assert not {"secondary", "doubtful"} & set(re.findall(r"\w+", document.note_of(statistics)))
    assert document.sections[0].brief[0].title == "Growth and level (Trend: GDP, Hanyang, 2017–2024)"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_figure_that_says_the_finding_is_told_as_such_whatever_the_day_and_the_brackets(tmp_path, lang):
    study = hd.target_shortfall("gdp", "hanyang", as_of="2024-06-01", lang=lang)
    study.save(tmp_path, ["svg"])
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    figure, (finding, *_) = results["figures"]["by_year"], results["answer"][lang]
    assert "by_year" in results["says_finding"]
    assert "grid" not in results["says_finding"]
    assert not finding.startswith(figure["title"])  # which ends in the day
    assert "2024" in figure["title"].removeprefix(figure["undated"][:-1])


def test_a_note_says_nothing_of_a_column_that_is_not_there(runs):
    document = Document(SPEC, runs["en"], "en")
    whole = {table.name: document.note_of(table) for table in document.tables if not table.of and "trend/" not in table.run}
    brief = {table.name: document.note_of(table) for table in document.tables if table.of}
    assert "Met, as stated" in whole["by_year"]
    assert "The wider readings allow 0.25 and 0.5." in whole["by_year"]
    assert "0.25" not in "".join(brief.values())
    assert "read as 0, 0.25" not in whole["all_targets"]
    (growth,) = [replace(t, columns=t.columns[:2]) for t in document.tables if t.name == "figures_on_record" and not t.of]
    assert "current prices" in document.note_of(replace(growth, columns=[*growth.columns, Column("level_printed", "", "words")]))
    assert "current prices" not in document.note_of(growth)


def test_a_column_in_which_nothing_stands_is_not_printed(tmp_path):
    run = finished("growth_gap", "en", tmp_path, indicator="budget_revenue", formats=["png"])
    results = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    told = {column["key"] for column in results["tables"]["by_year"]["columns"]}
    (shown,) = [table for table in Document(SPEC, [run], "en").tables if table.name == "by_year" and not table.of]
    assert told - {column.key for column in shown.columns} == {"within_rounding", "later"}
    assert "within rounding" not in Document(SPEC, [run], "en").note_of(shown)


def test_a_name_inside_a_sentence_has_a_small_letter(tmp_path):
    run = finished("trend", "en", tmp_path, region="hanyang", indicator="retail_sales", as_of="2021-12-31", formats=["png"])
    document = Document(SPEC, [run], "en")
    (section,) = document.sections
    assert section.question == "How have the growth and the level of retail sales of Hanyang developed in 2017–2024?"
    assert {"Retail sales of Hanyang: figures on record (as known on 2021-12-31)"} <= {table.title for table in document.tables}
    assert all(table.note.startswith("n counts") for table in document.tables if table.name == "statistics")
    figure = section.brief[0]
    assert figure.title == "Growth and level (Trend: retail sales, Hanyang, 2017–2024; as known on 2021-12-31)"


def test_several_figures_are_called_so(runs):
    document = Document(SPEC, runs["en"], "en")
    assert re.match(r"Figures \d[–,].*; Tables? \d", document.origins[0][0])
