"""The page of a report on a machine without a Chinese font: not a line of it is left in boxes."""

import pytest

import hanyang_data as hd
from hanyang_data.report import Entry, Spec, build
from hanyang_data.words.wording import Text

pytestmark = pytest.mark.slow

# a line is as wide as its letters; the boxes that a browser puts in their place are narrower
IN_BOXES = """[...document.querySelectorAll('h1, h2, p, li a, figcaption, .caption, th, td')].filter(line => {
  const wide = (line.textContent.match(/[\\u4e00-\\u9fff]/g) || []).length * parseFloat(getComputedStyle(line).fontSize);
  const range = document.createRange();
  range.selectNodeContents(line);
  return [...range.getClientRects()].reduce((sum, box) => sum + box.width, 0) < wide * 0.9;
}).map(line => line.textContent)"""


@pytest.mark.parametrize("width", [360, 1400])
def test_every_line_of_a_report_is_in_letters(new_page, tmp_path, width):
    folder = hd.trend(lang="zh").save(tmp_path / "run", formats=["png", "svg"])
    (folder / "run.json").write_text("{}")
    spec = Spec(Text("", "汉阳区：与全市的对照"), ("zh",), ("html",), ())
    ((file,), _) = build(spec, [Entry("trend", "trend", "run", folder)], tmp_path / "report")
    page = new_page(file.as_uri(), width)
    assert page.locator("h1").inner_text() == "汉阳区：与全市的对照"
    page.wait_for_function(f"!{IN_BOXES}.length", timeout=10_000)
