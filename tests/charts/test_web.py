"""What a page needs of figures: marks that answer, letters, an SVG among other elements."""

import base64
import io
import re
from html import unescape

import pytest
from fontTools.ttLib import TTFont
from test_figures import BUILDERS, scope
from test_sizes import EVERY

from hanyang_data.charts.export import export
from hanyang_data.charts.web import FAMILY, font_face, inline, script, shown

ANSWER = re.compile(r'<g class="hy-mark" tabindex="0" role="img">\s*<title>([^<]*)</title>')


def svg(chart, folder):
    (file,) = export(chart, folder, "f", ["svg"])
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("build", EVERY, ids=lambda b: b.__name__)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_figure_has_marks_that_answer_in_its_language(build, lang, tmp_path):
    said = ANSWER.findall(svg(build(scope(lang)), tmp_path))
    if build.__name__ in ("gap_by_sector", "growth_by_sector"):  # bars with their numbers and no source of their own
        return
    assert said
    assert not any("nan" in text or "{" in text for text in said)
    assert all(bool(re.search("[\u4e00-\u9fff]", text)) for text in said if len(text) > 12) or lang == "en"


def test_a_mark_says_the_figure_as_printed_its_vintage_day_publisher_and_line(tmp_path):
    said = ANSWER.findall(svg(BUILDERS[0](scope()), tmp_path))
    fall = next(text for text in said if text.startswith("Hanyang, GDP growth 2020: −8%, initial estimate. Hanyang District"))
    assert "2020-12, L53" in fall
    assert any("over 1,000 CNY 100 million, final" in text for text in said)


@pytest.mark.parametrize("build", EVERY, ids=lambda b: b.__name__)
def test_over_a_picture_every_mark_has_its_place_within_it(build, tmp_path):
    chart = build(scope())
    (file,) = export(chart, tmp_path, "f", ["png"])
    page = shown(file.read_bytes(), chart.figure, chart.caption.alt)[0]["text/html"]
    places = re.findall(r'title="([^"]*)" style="position: absolute; ([^"]*)"', page)
    assert sorted(unescape(said) for said, _ in places) == sorted(unescape(text) for text in ANSWER.findall(svg(chart, tmp_path)))
    for _, place in places:
        left, top, width, height = map(float, re.findall(r"(-?[\d.]+)%", place))
        assert -2 < left < left + width < 102 and -2 < top < top + height < 102
        assert min(width, height) >= 1.5


def test_the_svg_stands_in_a_page_without_what_would_hold_for_all_of_it(tmp_path):
    text = inline(svg(BUILDERS[0](scope()), tmp_path), 'up "6%"')
    assert text.startswith('<svg class="hy-figure" role="group" aria-label="up &quot;6%&quot;"')
    assert not re.search(r"<\?xml|<!DOCTYPE|<style|<metadata", text)
    assert len(ANSWER.findall(text)) == len(re.findall("<title>", text)) > 5
    assert not re.search(r"<svg[^>]* (width|height)=", text)


def test_the_web_font_holds_the_chinese_letters_of_a_text_and_no_others():
    css = font_face("GDP 汉阳区，增速≈6%")
    assert FAMILY in css
    font = TTFont(io.BytesIO(base64.b64decode(re.search("base64,([^)]+)", css)[1])))
    assert set("汉阳区，增速≈") == {chr(code) for code in font.getBestCmap()}
    assert font_face("GDP, 2023") == ""


def test_the_script_is_one_for_all_pages():
    assert "hanyangAnswers" in script()
    assert "</script" not in script()
