"""The page of a report on paper and on a telephone: a table goes on with its head, and no column is a tower of letters."""

import re
import subprocess

import pytest
from programs import need

import hanyang_data as hd
from hanyang_data.report import Entry, Spec, build
from hanyang_data.words.wording import Text

pytestmark = pytest.mark.slow

OPEN = "document.querySelectorAll('details').forEach(one => one.open = true)"
LONGEST = """(() => {
  const tables = [...document.querySelectorAll('table')].sort((one, other) => other.rows.length - one.rows.length);
  const heads = tables.map(table => table.rows[0].cells[0].textContent);
  return [heads[0], heads.filter(head => head === heads[0]).length];
})()"""
NARROWEST = "Math.min(...[...document.querySelectorAll('td:not(.n)')].map(cell => cell.offsetWidth))"


@pytest.fixture(scope="module", params=("en", "zh"))
def file(request, tmp_path_factory):
    place = tmp_path_factory.mktemp("printed")
    folder = hd.data_audit(lang=request.param).save(place / "run", formats=["png", "svg"])
    (folder / "run.json").write_text("{}")
    spec = Spec(Text("A report", "一份报告"), (request.param,), ("html",), ())
    ((file,), _) = build(spec, [Entry("data_audit", "data_audit", "run", folder)], place / "report")
    return file


def test_a_table_goes_on_with_its_head(new_page, file, tmp_path):
    need("pdftotext")
    page = new_page(file.as_uri())
    page.evaluate(OPEN)
    head, tables = page.evaluate(LONGEST)
    page.pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    made = subprocess.run(["pdftotext", "-layout", tmp_path / "page.pdf", "-"], check=True, capture_output=True)
    assert len(re.findall(rf"^ *{head} ", made.stdout.decode(), re.MULTILINE)) > tables


def test_on_a_telephone_a_cell_holds_more_than_a_letter_a_line(new_page, file):
    page = new_page(file.as_uri(), 390, 844)
    page.evaluate(OPEN)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(NARROWEST) >= 55
