"""Words on figures: wrapped, sized, coloured."""

import matplotlib as mpl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanyang_data.charts.style import COLOURS, FAINT, INK, MEET, MISS, SIZES, SOFT, colour, theme
from hanyang_data.charts.typeface import PIECE, SPARE, font_family, headline, text_width, wrap
from hanyang_data.errors import ParameterError
from hanyang_data.record.observations import default_dataset

CHINESE = "2019年起口径改变（武烟搬迁），与此前年份不可比，不连线。“左右”类目标上下0.5个百分点；差额按目标数值计算。"


def contrast_on_white(tone: str) -> float:
    """Contrast ratio after WCAG 2.1."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in mpl.colors.to_rgb(tone)]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def test_text_reaches_the_contrast_for_text_and_marks_that_for_marks():
    assert min(contrast_on_white(tone) for tone in (INK, SOFT, FAINT, MISS, MEET)) >= 4.5
    assert min(contrast_on_white(tone) for tone in COLOURS.values()) >= 3


def test_district_and_city_differ_in_greyscale():
    assert contrast_on_white(colour("hanyang")) / contrast_on_white(colour("wuhan", subject=False)) > 1.9


def test_every_region_has_a_colour_of_its_own():
    assert set(COLOURS) == set(default_dataset().regions.index)
    assert len(set(COLOURS.values())) == len(COLOURS)


def test_text_is_at_least_8_points_on_the_page():
    assert SIZES["page"].text * 0.94 >= 7.9


def test_theme_leaves_matplotlib_as_it_was():
    before = dict(mpl.rcParams)
    with theme("slide") as chosen:
        assert mpl.rcParams["font.size"] == chosen.text
        assert mpl.rcParams["font.family"] == [font_family(), SPARE]
    assert dict(mpl.rcParams) == before


def test_an_unknown_size_names_the_nearest():
    with pytest.raises(ParameterError, match="did you mean page"), theme("pages"):
        pass


@pytest.mark.parametrize("width", [60, 120, 300])
@pytest.mark.parametrize(
    "text", [CHINESE, "Growth is real (constant prices); levels are at current prices.", f"Note: {CHINESE} end"]
)
def test_wrapping_keeps_every_character_and_the_width(text, width):
    lines = wrap(text, width, 8)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line, 8) <= width for line in lines)


def test_no_word_is_left_alone_in_the_last_line_of_a_title():
    title = "汉阳区地区生产总值增速目标2020年（低15.0个百分点）、2023年（低0.5个百分点）均未达到"
    width = text_width(title, 12) * 0.95
    assert text_width(wrap(title, width, 12)[-1], 12) < 0.1 * width
    even = headline(title, width, 12)
    assert len(even) == 2
    assert "".join(even) == title
    assert text_width(even[-1], 12) >= 0.3 * width
    assert headline("GDP", 100, 12) == ["GDP"]
    assert even[0].endswith("、"), "behind a comma, not between a number and its unit"


def test_no_line_starts_with_closing_or_ends_with_opening_punctuation():
    for width in range(40, 400, 7):
        for line in wrap(CHINESE, width, 8):
            assert line[0] not in "，。；：、）》”"
            assert line[-1] not in "（《“"


@given(st.text(alphabet=st.sampled_from("ab 汉阳，（）。 7%"), max_size=60))
def test_wrapping_loses_nothing(text):
    assert "".join(wrap(text, 50, 8)).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("text", [CHINESE, "After 2019 Wuhan (AV. To, Ty. Yes) grew by 7.8% to 1,622.38: T. V. W. " * 2])
def test_a_line_is_as_wide_as_its_pieces(text):
    import re

    pieces = sum(text_width(piece, 8) for piece in re.findall(PIECE, text.rstrip()))
    assert pieces == pytest.approx(text_width(text.rstrip(), 8), rel=0.003)


def test_a_letter_the_typeface_lacks_comes_from_the_spare_one(tmp_path):
    """The title of a Turkish source, as it is printed."""
    from hanyang_data.charts.export import Chart, export
    from hanyang_data.charts.style import Caption, canvas
    from hanyang_data.charts.typeface import text_width

    words = "Çin'in Wuhan şehri 2021'de yüzde 10 büyüme hedefliyor"
    assert text_width(words, 8) > 0
    caption = Caption("汉阳", words, words, words, words)
    with theme() as chosen:
        figure, _ = canvas(caption, chosen, 3.0)
    assert len(export(Chart(figure, caption), tmp_path, "f")) == 3
