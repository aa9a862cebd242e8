"""A report as its reader gets it: the same figures and tables, numbered, sourced and traceable, whatever the format."""

import csv
import json
import re
import zipfile
from dataclasses import replace

import pytest
from finished_runs import SPEC, finished

from hanyang_data.report import build
from hanyang_data.report import section as section_of
from hanyang_data.report.content import Picture, Table
from hanyang_data.report.document import Document


def test_figures_and_tables_are_numbered_through_and_carry_note_and_source(document, items):
    for prefix in ("", "A"):
        for kind in (Picture, Table):
            numbers = [i.number for i in items if isinstance(i, kind) and i.number.startswith("A") == bool(prefix)]
            assert numbers == [f"{prefix}{n}" for n in range(1, len(numbers) + 1)]
            assert numbers
    for item in items:
        assert item.title
        assert item.source.startswith("Source" if document.lang == "en" else "资料来源")
        assert item.run.split("/")[0] in ("trend", "growth_gap")
        assert isinstance(item, Table) or item.note


def test_the_brief_shows_what_matters_and_the_annex_all_of_it(document):
    trend, gap = document.chapters
    assert [item.name for item in trend.brief] == ["growth_and_level", "figures_on_record"]
    assert [item.name for item in gap.brief] == ["by_year", "by_indicator", "by_year"]
    assert all(len(table.rows) <= 10 for section in document.chapters for table in section.brief if isinstance(table, Table))
    whole = {(table.run, table.name) for table in document.tables if not table.of}
    kept = {
        (section.entry.run, name)
        for section in document.sections
        for name, table in json.loads((section.entry.folder / "results.json").read_text("utf-8"))["tables"].items()
        if table["rows"]
    }
    assert whole == kept
    assert [item.name for item in trend.limits] == ["refused"]
    assert not {"refused", "with_and_without_2020"} & {item.name for s in document.chapters for item in s.brief}


def test_a_finding_is_not_said_again_by_its_figure(document):
    (figure, *_), (gap, *_) = (section.brief for section in document.chapters)
    whole = ("Growth and level (Trend: GDP, Hanyang, 2017–2024)", "增速与总量（趋势：汉阳区地区生产总值，2017—2024年）")
    assert figure.title == whole[document.lang == "zh"]
    assert not {section.finding for section in document.sections} & {item.title for item in (figure, gap)}


def test_the_report_file_says_what_the_brief_shows(entries):
    asked = [replace(e, shown={"figures": [], "tables": ["statistics", "refused"]}) for e in entries[:2]]
    (section,) = Document(SPEC, asked, "en").chapters
    assert [item.name for item in section.brief] == ["statistics", "refused"]
    assert section.limits == []


def test_a_run_of_which_the_brief_is_to_show_nothing_stands_in_the_annex_alone(entries):
    asked = [entries[0], replace(entries[2], shown={"figures": [], "tables": []})]
    document = Document(SPEC, asked, "en")
    trend, gap = document.sections
    assert document.chapters == [trend]
    assert gap.finding
    assert gap.brief == []
    assert {"by_year", "by_indicator"} <= {item.name for item in gap.annex}
    assert gap in document.limited


def test_a_report_on_many_runs_shows_what_they_found(entries, tmp_path):
    runs = ["/".join(entry.folder.parts[-2:]) for entry in entries]
    for lang, finding in {"en": "2 questions were answered", "zh": "已回答2个问题"}.items():
        run = finished("summary", lang, tmp_path / lang, runs_dir=str(entries[0].folder.parents[1]), runs=runs)
        (section,) = Document(SPEC, [run], lang).chapters
        assert section.finding.startswith(finding)
        assert [(type(item), item.name) for item in section.brief] == [(Picture, "observations"), (Table, "runs")]
        assert len(section.brief[1].rows) == 2, "a question that was asked in both languages stands once"
        assert section.brief[1].of == 2


def test_a_long_table_is_cut_in_the_brief_and_says_so(entries, monkeypatch):
    monkeypatch.setattr(section_of, "MOST_ROWS", 1)
    asked = [replace(e, shown={"tables": ["by_region"]}) for e in entries[2:3]]
    document = Document(SPEC, asked, "en")
    cut, whole = (item for item in document.tables if item.name == "by_region")
    assert (len(cut.rows), cut.of) == (1, len(whole.rows))
    assert document.note_of(cut).endswith(f"1 of 2 rows; Table {whole.number} has all.")
    assert document.note_of(replace(cut, note=""), dashes=False).startswith("Note: 1 of 2 rows")
    monkeypatch.undo()
    year = [replace(e, shown={"tables": ["figures_on_record"]}) for e in entries[:1]]
    document = Document(SPEC, year, "en")
    cut = next(item for item in document.chapters[0].brief if isinstance(item, Table))
    assert [column.key for column in cut.columns] == ["year", "growth_printed", "level_printed", "vintage", "published_on"]
    whole = next(item for item in document.tables if item.name == cut.name and item is not cut)
    assert document.note_of(cut).endswith(f"In full: Table {whole.number}.")  # columns were cut and no row
    assert document.tables[0] is cut  # every format has it under its number


def test_the_words_of_a_document_are_in_its_language(document, items):
    words = [document.title, document.state, *(s.title for s in document.sections)]
    words += [i.title for i in items] + [c.head for t in document.tables for c in t.columns]
    chinese = [bool(re.search("[\u4e00-\u9fff]", text)) for text in words if not re.fullmatch(r"\d+|n", text)]
    assert all(chinese) if document.lang == "zh" else not any(chinese)


def test_what_could_not_be_drawn_or_computed_says_why_in_the_annex(document, page, word):
    texts = [text for section in document.sections for text in section.missing]
    assert texts
    said = [p.text for p in word.paragraphs]
    assert all(text in page.text and text in said for text in texts)


def test_a_figure_without_a_figure_is_a_sentence(tmp_path):
    asked = {"region": "jianghan", "comparator": "hanyang", "indicator": "budget_revenue", "formats": ["png"]}
    (section,) = Document(SPEC, [finished("growth_gap", "zh", tmp_path, **asked)], "zh").sections
    assert "by_indicator" not in [item.name for item in section.items if isinstance(item, Picture)]
    assert "2024年没有江汉区与汉阳区可比的指标。" in section.missing


def test_the_annex_is_in_the_file_or_beside_it_or_nowhere(entries, document, tmp_path):
    asked = replace(SPEC, languages=(document.lang,), formats=("html",))
    texts = {}
    for annex in ("same", "file", "none"):
        files, _ = build(replace(asked, annex=annex), entries, tmp_path / annex)
        texts[annex] = [file.read_text(encoding="utf-8") for file in files]
    method = document.methods[0].method
    assert [[method in text for text in found] for found in texts.values()] == [[True], [False, True], [False]]
    assert [f'href="annex_{document.lang}.html"' in found[0] for found in texts.values()] == [False, True, False]
    alone = Document(replace(asked, annex="none"), entries, document.lang)
    listed = re.findall(r'<li id="source-(\d+)">', texts["none"][0])
    assert listed == [str(source.number) for source in alone.listed], "what the brief cites is listed all the same"
    assert {source.id for source in alone.listed} == set().union(*(section.cited for section in alone.sections))
    assert len(alone.listed) < len(alone.sources) == len(document.sources)
    assert document.sources[0].title not in texts["file"][0].split("<main>")[1]


@pytest.mark.parametrize("annex", ["same", "none"])
def test_a_section_is_made_once(entries, monkeypatch, annex):
    made = []
    monkeypatch.setattr("hanyang_data.report.document.Section", lambda *of: made.append(section_of.Section(*of)) or made[-1])
    assert Document(replace(SPEC, annex=annex), entries, "en").sections == made


def test_the_map_of_runs_names_every_figure_and_table(document, items, word):
    table = next(t for t in word.tables if t.rows[0].cells[0].text in ("Figures and tables", "图表"))
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert rows == document.origins
    assert [row[1] for row in rows] == [section.entry.run for section in document.sections]
    assert all("indicator: gdp" in row[2] for row in rows)
    for row, section in zip(rows, document.sections, strict=True):
        results = json.loads((section.entry.folder / "results.json").read_text(encoding="utf-8"))
        assert results["data_sha256"].startswith(row[3])
        assert len(row[3]) == 12
        of_the_run = [item for item in items if item.run == section.entry.run]
        assert len(re.findall(r"A?\d+", row[0])) <= len(of_the_run)
        assert all(document.number_of(item).rstrip("0123456789").removesuffix("A").strip() in row[0] for item in of_the_run)


def test_a_cited_text_is_named_by_its_number_in_the_list(document):
    table = next(t for t in document.tables if t.name == "figures_on_record" and not t.of)
    numbers = {source.id: source.number for source in document.sources}
    assert table.rows[0][-1] == "hanyang_gwr_2018"
    assert table.shown[0][-1] == f"[{numbers['hanyang_gwr_2018']}]"
    assert str(numbers["hanyang_gwr_2018"]) in table.source
    with table.csv.open(encoding="utf-8-sig", newline="") as handle:
        assert next(csv.DictReader(handle))[table.columns[-1].head] == "hanyang_gwr_2018"


def test_the_same_runs_are_the_same_bytes(entries, out, tmp_path):
    build(SPEC, entries, tmp_path / "again")
    for file in (f for f in out.rglob("*") if f.is_file()):
        assert (tmp_path / "again" / file.relative_to(out)).read_bytes() == file.read_bytes(), file.name
    with zipfile.ZipFile(out / "report_en.xlsx") as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
