"""The report as a page: whole in one file, findings first, and every figure and table on it with its words."""

import re

from markupsafe import escape as html_escape

from hanyang_data.report.content import Picture, Table, mark
from hanyang_data.report.markup import write_html


def test_the_page_loads_nothing_and_shows_no_code(source, page):
    assert not {"link", "iframe", "img", "object"} & {tag for tag, _ in page.tags}
    assert [a for tag, a in page.tags if tag == "script"] == [{}] * 3  # letters, marks that answer, tables that sort
    loaded = [a.get(key, "") for _, a in page.tags for key in ("src", "href", "xlink:href", "data")]
    assert all(address.startswith("#") for address in loaded if address)
    assert not re.search(r"url\((?!#|data:)|@import", source)  # the font is in the page
    assert "record.figure(" not in source


def test_the_drawings_of_the_page_do_not_share_an_id_and_miss_none(source, page, lang):
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    asked = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', source)
    asked = {one or other for one, other in asked}
    asked |= {name for _, a in page.tags for name in a.get("aria-labelledby", "").split()}
    assert asked <= set(ids)
    assert dict(page.tags)["html"]["lang"] == {"en": "en", "zh": "zh-Hans"}[lang]


def test_every_figure_and_table_is_on_the_page_with_its_words(document, items, page):
    pictures = [item for item in items if isinstance(item, Picture)]
    assert sum(tag == "svg" and a.get("role") == "group" for tag, a in page.tags) == len(pictures)
    for item in items:
        assert document.caption_of(item) in page.text
        assert item.source in page.text
    for item in pictures:
        assert item.alt in page.text
        assert item.note in page.text
        assert 0 < item.plot[0] < item.plot[1] < 1  # the words are text and not part of the drawing
    assert sum(tag == "table" for tag, _ in page.tags) == 1 + sum(isinstance(item, Table) for item in items)


def test_findings_come_first_and_tables_of_the_annex_are_folded(document, items, source, page):
    first = source.index(html_escape(document.findings[0][0]))
    assert first < source.index("<nav") < source.index('<h2 id="section-1"')
    folded = {a["id"] for tag, a in page.tags if tag == "details"}
    assert folded == {mark(item) for item in items if isinstance(item, Table) and item.number.startswith("A")}


def test_runs_and_hashes_stand_in_the_annex_alone(document, source):
    brief, annex = source.split('<section class="annex">')
    for section in document.sections:
        for word in (section.entry.run, section.data):
            assert word not in brief
            assert word in annex


def test_a_number_stands_to_the_right_and_a_row_has_a_head(page):
    kinds = {(tag, a.get("class"), a.get("scope")) for tag, a in page.tags if tag in ("td", "th")}
    assert {("td", "n", None), ("th", "n", "col"), ("th", None, "row")} <= kinds
    values = [a["data-value"] for tag, a in page.tags if tag == "td" and "data-value" in a]
    assert {"7.0", "-8.0"} <= set(values)  # by which a column is sorted


def test_a_figure_stays_legible_on_a_telephone(out, lang):
    text = (out / f"report_{lang}.html").read_text(encoding="utf-8")
    assert text.count('<div class="drawing"><svg') == text.count("<figure")
    assert "@media screen and (max-width: 40rem)" in text


def test_on_paper_a_section_is_turned_once(document, tmp_path, monkeypatch):
    """Between two pages of another format each table would stand alone on its own."""
    gap = document.sections[1].annex
    wide = [item.number for item in gap if isinstance(item, Table)][:-1:2]
    monkeypatch.setattr("hanyang_data.report.markup.turned", lambda table: table.number in wide)
    (file,) = write_html(document, tmp_path)
    shown = re.findall(r'id="(?:table|figure)-(A\d+)"', file.read_text("utf-8").split('<h2 id="tables">')[1].split("<h3>")[2])
    assert shown == [*(item.number for item in gap if item.number not in wide or isinstance(item, Picture)), *wide]
