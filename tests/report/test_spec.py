"""The report file: what may stand in it, and the sentence for what may not."""

import pytest
from helpers import PROJECT

from hanyang_data.errors import ParameterError
from hanyang_data.report import FORMATS, read_spec
from hanyang_data.report.section import about
from hanyang_data.studies.registry import STUDIES, declared
from hanyang_data.words.messages import messages

WHOLE = """
title: {en: Report, zh: 报告}
author: Zhang
lang: both
formats: [html, csv]
runs:
  - notebook: trend
    parameters: {region: wuhan}
    matrix: {indicator: [gdp, retail_sales]}
    exclude: [{indicator: gdp}]
  - notebook: summary
"""


@pytest.fixture
def read(tmp_path):
    def write(text):
        file = tmp_path / "report.yaml"
        file.write_text(text, encoding="utf-8")
        return read_spec(file)

    return write


def test_each_block_is_asked_for_in_each_language(read):
    spec = read(WHOLE)
    assert spec.title == ("Report", "报告")
    assert spec.author == ("Zhang", "Zhang")
    assert spec.formats == ("html", "csv")
    assert [(b["notebook"], b["parameters"]) for b in spec.blocks] == [
        ("trend", {"region": "wuhan", "lang": "en"}),
        ("trend", {"region": "wuhan", "lang": "zh"}),
        ("summary", {"lang": "en"}),
        ("summary", {"lang": "zh"}),
    ]
    assert spec.blocks[1]["matrix"] == {"indicator": ["gdp", "retail_sales"]}
    assert spec.blocks[1]["exclude"] == [{"indicator": "gdp"}]


def test_one_language_needs_one_title_and_all_formats_are_the_default(read):
    spec = read("title: {zh: 报告}\nlang: zh\nruns: [{notebook: trend}]")
    assert (spec.languages, spec.title.zh, spec.formats) == (("zh",), "报告", FORMATS)
    assert [b["parameters"] for b in spec.blocks] == [{"lang": "zh"}]


def test_who_when_and_what_the_brief_shows(read, tmp_path):
    more = "institution: {en: Office, zh: 办公室}\ndate: 2026-11-28\nannex: none\nrecommendations: {zh: [重新统计]}\nlang: both"
    spec = read(WHOLE.replace("lang: both", more).replace("notebook: trend", "notebook: trend\n    figures: []"))
    assert (spec.institution.zh, spec.date.en, spec.date.zh) == ("办公室", "28 November 2026", "2026年11月28日")
    assert (spec.annex, spec.recommendations) == ("none", {"en": [], "zh": ["重新统计"]})
    assert spec.shown == ({"figures": []}, {"figures": []}, {}, {})
    assert "figures" not in spec.blocks[0]  # which is a params file's


@pytest.mark.parametrize(
    ("found", "put", "sentence"),
    [
        ("author:", "autor:", "unknown key 'autor': did you mean author?"),
        ("html", "htm", "unknown format 'htm': did you mean html?"),
        ("lang: both", "lang: fr", "lang is 'fr': known are both, en, zh"),
        ("notebook: trend", "notbook: trend", "block 1 of runs: unknown key 'notbook': did you mean notebook?"),
        (", zh: 报告", "", "title is .*, expected the lines `en: …` and `zh: …`"),
        ("zh: 报告", "ch: 报告", "title: unknown key 'ch'"),
        ("region: wuhan", "lang: en", "block 1 of runs: parameters sets lang, which is the report's `lang:` to say"),
        ("matrix: {indicator", "matrix: {lang", "block 1 of runs: matrix sets lang"),
        ("parameters: {region: wuhan}", "parameters: wuhan", "block 1 of runs: parameters is 'wuhan', expected lines"),
        ("formats: [html, csv]", "formats: html", "formats is 'html', expected a list"),
        ("  - notebook: summary", "  - summary", "block 2 of runs is 'summary', expected lines"),
        ("notebook: summary", "parameters: {}", "block 2 of runs: notebook is None, expected a name"),
        ("lang: both", "lang: both\nannex: files", "annex is 'files': did you mean file?"),
        ("lang: both", "lang: both\ntemplate: mine.docx", "template 'mine.docx' is no Word file beside the report file"),
        ("lang: both", "lang: both\nrecommendations: [Build.]", "recommendations is .*, expected lists such as"),
        ("notebook: summary", "notebook: trend\n    figures: [growth]", "trend has no figure 'growth': did you mean growth_and"),
        ("notebook: summary", "notebook: trend\n    tables: statistics", "tables is 'statistics', expected a list of names"),
    ],
)
def test_a_mistake_is_one_sentence(read, found, put, sentence):
    assert found in WHOLE
    with pytest.raises(ParameterError, match=sentence) as caught:
        read(WHOLE.replace(found, put))
    assert "report.yaml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_without_runs_is_none(read):
    with pytest.raises(ParameterError, match="runs is None, expected a list of blocks"):
        read("title: {en: Report}")
    with pytest.raises(ParameterError, match="holds no `title:` and `runs:`"):
        read("- trend")


def test_the_report_of_the_project_asks_for_every_notebook_that_answers_something():
    spec = read_spec(PROJECT / "params" / "report.yaml")
    assert {b["notebook"] for b in spec.blocks} == set(STUDIES)
    assert all((PROJECT / "notebooks" / f"{name}.ipynb").is_file() for name in STUDIES)
    assert spec.languages == ("en", "zh")
    assert spec.formats == FORMATS
    assert spec.recommendations is None, "an empty chapter is for who asks for it"


@pytest.mark.parametrize("name", STUDIES)
def test_every_table_of_a_study_has_a_title_in_a_report(name):
    study, says = declared(name), messages(f"hanyang_data.studies.{name}.parts")
    assert study.named("table")
    for table in study.named("table"):
        assert about(name, table).title.zh != table.replace("_", " ")
    assert set(study.named("table")) == {key.partition(".")[0] for key in says.records("tables")}
    tables = [part for (kind, _), part in study.parts.items() if kind == "table"]
    assert not [part for part in tables if part.key and part.limits]  # what is refused is not in a brief
    assert bool(study.words.question.en) == bool(study.words.method.en) == any(part.key for part in tables)
    assert set(study.named("figure")) == set(says.records("figures"))
