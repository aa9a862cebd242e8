"""Text is set once for all formats: it must be what matplotlib itself would set, and the files what they say they are."""

import re
import subprocess

import numpy as np
import pytest
from matplotlib.backends.backend_pdf import PdfFile
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text as Words
from matplotlib.textpath import TextToPath
from PIL import Image
from programs import need

import hanyang_data as hd
from hanyang_data.charts import backend, pdf
from hanyang_data.charts.backend import Agg, Svg, with_palette
from hanyang_data.charts.export import Chart, export
from hanyang_data.charts.pdf import Pdf
from hanyang_data.charts.style import Caption, canvas, mark, theme
from hanyang_data.charts.typeface import SPARE, extent, font_family, letters, text_width
from hanyang_data.charts.typesetter import TYPESETTER

SAMPLES = ["Hanyang, GDP: −8.0% (2020)", "汉阳区地区生产总值：2023年增长6%", "AV To fi 2017–2024", "Wuhan şehri", "  ", "x"]
CAPTION = Caption("汉阳 Hanyang −1.0%", "b", "c", "d", "e")


def own(points):
    """The same typeface as matplotlib's own typesetter asks for it."""
    return FontProperties(family=[font_family(), SPARE], size=points)


@pytest.mark.parametrize("text", SAMPLES)
def test_a_text_takes_the_room_that_matplotlib_gives_it(text):
    theirs = TextToPath().get_text_width_height_descent(text, own(9), False)
    assert TYPESETTER.get_text_width_height_descent(text, own(9), False) == pytest.approx(theirs)
    assert text_width(text, 9) == pytest.approx(theirs[0])


@pytest.mark.parametrize("text", SAMPLES)
def test_a_text_is_outlined_as_matplotlib_outlines_it(text):
    theirs, codes = TextToPath().get_text_path(own(9), text)
    ours, own_codes = TYPESETTER.get_text_path(own(9), text)
    assert np.asarray(ours) == pytest.approx(np.asarray(theirs))
    assert list(codes) == list([] if own_codes is None else own_codes)


def test_a_formula_is_left_to_matplotlib():
    theirs = TextToPath().get_text_width_height_descent("$x^2$", own(9), True)
    assert TYPESETTER.get_text_width_height_descent("$x^2$", own(9), True) == theirs


def test_all_formats_measure_alike(tmp_path):
    class File:
        write = staticmethod(lambda text: None)

    renderers = Agg(100, 100, 300), Svg(100, 100, File), Pdf(None, 72, 100, 100)
    for text in SAMPLES:
        sizes = [np.array(r.get_text_width_height_descent(text, own(9), False)) / r.points_to_pixels(1) for r in renderers]
        assert sizes[1] == pytest.approx(sizes[0])
        assert sizes[2] == pytest.approx(sizes[0])


def test_letters_of_the_spare_font_say_so():
    assert {x.ft_object.postscript_name for x in letters("sş")} == {"NotoSansSC-Regular", "DejaVuSans"}
    assert extent("")[0] == 0


@pytest.mark.parametrize("steps", [1, 40, 200])
def test_a_picture_of_many_colours_keeps_those_that_cover_most(steps):
    """White paper, five inks, and at the edge of each its shades, a pixel each: 6, 206 or 1,006 colours."""
    inks = np.array([[26, 26, 26], [11, 79, 138], [128, 128, 128], [179, 64, 10], [89, 89, 89]])
    pixels = np.full((300, 300, 4), 255, dtype=np.uint8)
    for row, ink in enumerate(inks):
        pixels[10 * row, :200, :3] = ink
        pixels[10 * row + 1, :steps, :3] = 255 - (255 - ink) * np.linspace(1, 0.01, steps)[:, None]
    picture = with_palette(pixels)
    assert picture.mode == "P"
    error = np.abs(np.asarray(picture.convert("RGB")).astype(int) - pixels[..., :3])
    assert error[pixels[..., :3].min(axis=2) == 255].max() == 0  # the paper stays white
    assert all(error[10 * row].max() == 0 for row in range(len(inks)))  # and every ink what it was
    assert error.max() <= (0 if steps < 200 else 32)


def test_a_photograph_keeps_all_its_colours():
    pixels = np.random.default_rng(0).integers(0, 256, (300, 300, 4), dtype=np.uint8)
    assert with_palette(pixels).mode == "RGB"


def test_the_png_says_its_resolution_and_has_a_palette(tmp_path):
    with theme() as chosen:
        figure, (ax,) = canvas(CAPTION, chosen, 3.0)
        mark(ax, [1, 2], [1, 2], "#0b4f8a")
    (file,) = export(Chart(figure, CAPTION), tmp_path, "f", ["png"])
    with Image.open(file) as picture:
        assert picture.mode == "P"
        assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
        assert picture.info["Title"] == CAPTION.title
        assert picture.size[0] == pytest.approx(16 / 2.54 * 300, abs=1)


def test_a_pdf_is_what_matplotlib_would_write_to_the_byte(tmp_path, monkeypatch):
    chart = hd.growth_gap("gdp", lang="zh").chart("share_of_city")
    (ours,) = export(chart, tmp_path, "ours", ["pdf"])
    monkeypatch.setattr(pdf, "_File", PdfFile)
    (theirs,) = export(chart, tmp_path, "theirs", ["pdf"])
    assert ours.read_bytes() == theirs.read_bytes()


@pytest.mark.slow
def test_words_can_be_found_in_the_pdf(tmp_path):
    need("pdftotext")
    with theme() as chosen:
        figure, _ = canvas(CAPTION, chosen, 3.0)
    (file,) = export(Chart(figure, CAPTION), tmp_path, "f", ["pdf"])
    text = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
    found = re.sub(r"\s", "", text)
    assert all(re.sub(r"\s", "", words.get_text()) in found for words in figure.findobj(Words))


def test_the_canvas_is_the_one_that_savefig_is_told_of():
    from matplotlib.backends.registry import backend_registry

    assert backend_registry.load_backend_module(backend.NAME).FigureCanvas is backend.FigureCanvas
