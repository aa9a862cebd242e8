"""The look of the figures for plots of one's own: plain pandas, seaborn, in a context and for good."""

import io
import subprocess
import sys
import warnings

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
import seaborn as sns

import hanyang_data as hd
from hanyang_data.charts.style import COLOURS, SIZES
from hanyang_data.charts.typeface import font_family
from hanyang_data.errors import ParameterError


@pytest.fixture(autouse=True)
def plain():
    before = mpl.rcParams.copy()
    yield
    plt.close("all")
    mpl.rcParams.update(before)


def drawn(figure):
    """The bytes of a figure; a glyph that the font lacks is a warning, and here an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.savefig(content := io.BytesIO())
    return content.getvalue()


def test_a_pandas_plot_with_a_chinese_title_has_no_boxes():
    with hd.style():
        ax = hd.compare("gdp", ["汉阳", "武汉"]).plot(title="地区生产总值增速，%（−8%）")
        assert drawn(ax.figure).startswith(b"\x89PNG")
    assert ax.title.get_fontname() == font_family()
    assert [line.get_color() for line in ax.lines] == [COLOURS["hanyang"], COLOURS["wuhan"]]
    assert not ax.spines["top"].get_visible()


def test_a_seaborn_plot_takes_the_same_colours_and_font():
    frame = pd.DataFrame({"区": ["汉阳", "武昌"] * 2, "年": [2022, 2022, 2023, 2023], "增速": [3, 4, 5, 6]})
    with hd.style("column"):
        ax = sns.lineplot(frame, x="年", y="增速", hue="区")
        drawn(ax.figure)
    assert mpl.colors.to_hex(ax.get_lines()[0].get_color()) == COLOURS["hanyang"]
    assert ax.xaxis.label.get_fontname() == font_family()
    assert ax.figure.get_figwidth() == pytest.approx(SIZES["column"].width / 2.54)


def test_no_text_is_below_8_points():
    for size in SIZES:
        with hd.style(size):
            ax = pd.Series([1, 2], name="一").plot(legend=True, title="题")
            ax.set_xlabel("年")
            texts = [ax.title, ax.xaxis.label, *ax.get_xticklabels(), *ax.get_legend().get_texts()]
            assert min(text.get_fontsize() for text in texts) >= 8
            plt.close(ax.figure)


def test_the_context_leaves_matplotlib_as_it_was_also_after_a_mistake():
    before = dict(mpl.rcParams)
    with pytest.raises(ZeroDivisionError), hd.style("slide"):
        assert mpl.rcParams["font.size"] == SIZES["slide"].text
        raise ZeroDivisionError
    assert dict(mpl.rcParams) == before


def test_the_call_holds_until_it_is_undone():
    before = dict(mpl.rcParams)
    look = hd.style()
    assert mpl.rcParams["font.family"][0] == font_family()
    assert look.colour("武汉市") == COLOURS["wuhan"]
    look.undo()
    assert dict(mpl.rcParams) == before


def test_a_size_that_does_not_exist_changes_nothing():
    before = dict(mpl.rcParams)
    with pytest.raises(ParameterError, match="did you mean page"):
        hd.style("pages")
    assert dict(mpl.rcParams) == before


def test_one_call_in_a_fresh_python_is_enough(tmp_path):
    program = (
        "import warnings; warnings.simplefilter('error', UserWarning)\n"
        "import matplotlib; matplotlib.use('agg')\n"
        "import hanyang_data as hd; hd.style()\n"
        "hd.load('社零', '武汉')['value'].plot(title='社会消费品零售总额').figure.savefig('own.png')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "own.png").stat().st_size > 5000
