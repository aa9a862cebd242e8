"""Figures of studies in axes of a figure of the caller's own."""

import warnings

import matplotlib.pyplot as plt
import numpy as np
import pytest

import hanyang_data as hd
from hanyang_data.errors import ParameterError

STUDIES = {
    "growth_gap": lambda lang: hd.growth_gap("gdp", lang=lang),
    "target_shortfall": lambda lang: hd.target_shortfall("gdp", lang=lang),
    "data_audit": lambda lang: hd.data_audit(lang=lang),
    "convergence": lambda lang: hd.convergence("gdp", lang=lang),
    "backtest": lambda lang: hd.backtest("gdp", lang=lang),
}
ONE_PANEL = [
    ("growth_gap", "share_of_city"), ("growth_gap", "by_indicator"), ("growth_gap", "by_sector"), ("target_shortfall", "by_year"),
    ("target_shortfall", "grid"), ("target_shortfall", "ladder"), ("data_audit", "coverage"), ("data_audit", "vintages"),
    ("convergence", "scatter"), ("backtest", "reliability"),
]  # fmt: skip


@pytest.fixture
def two():
    figure, axes = plt.subplots(1, 2, figsize=(11, 13), layout="constrained")
    yield axes
    plt.close(figure)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("study", "name"), ONE_PANEL)
def test_a_figure_of_one_panel_is_drawn_in_the_axes_that_are_given(two, study, name, lang):
    figure = two[0].figure
    whole = STUDIES[study](lang)
    assert whole.plot(name, ax=two[0]) is figure
    assert figure.axes == list(two)
    subtitle = whole.chart(name).caption.subtitle
    assert any("".join(text.get_text().split()) == "".join(subtitle.split()) for text in two[0].texts)
    assert two[0].get_children() and not two[1].lines and not two[1].patches
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # such as of a glyph that the font has not
        figure.canvas.draw()
    assert whole.plot(name) is not figure  # what the study draws by itself stays its own


def test_a_figure_of_two_panels_takes_two_axes_and_draws_the_same_marks():
    figure, axes = plt.subplots(2, 1, figsize=(6, 7))
    study = hd.trend("retail_sales", "wuhan")
    assert study.plot(ax=axes) is figure
    own = study.plot()
    for given, ours in zip(axes, own.axes, strict=True):
        marks, wanted = ([line.get_xydata() for line in ax.lines if line.get_marker() != "None"] for ax in (given, ours))
        assert len(marks) == len(wanted) and all(np.allclose(a, b) for a, b in zip(marks, wanted, strict=True))
        assert given.get_xlim() == ours.get_xlim()
    plt.close(figure)


@pytest.mark.parametrize("loc", ["left", "center", "right"])
@pytest.mark.parametrize("engine", [None, "constrained"])
@pytest.mark.parametrize(
    ("study", "name"), [("target_shortfall", "by_year"), ("target_shortfall", "grid"), ("convergence", "scatter")]
)
def test_a_title_of_the_callers_own_stands_above_all_that_we_wrote(study, name, loc, engine):
    figure, ax = plt.subplots(figsize=(6, 7), layout=engine)
    STUDIES[study]("zh").plot(name, ax=ax)
    title = ax.set_title("汉阳", loc=loc)
    figure.canvas.draw()
    assert title.get_window_extent().y0 >= max(text.get_window_extent().y1 for text in ax.texts if text.get_text()) - 1
    plt.close(figure)


def test_axes_that_do_not_do_are_refused_in_a_sentence_and_stay_empty(two):
    with pytest.raises(ParameterError, match="2 panels: give as many axes"):
        hd.trend("retail_sales", "wuhan").plot(ax=two[0])
    with pytest.raises(ParameterError, match=r"plt.subplots\(\) makes them"):
        hd.trend("gdp").plot(ax="left")
    two[0].figure.set_size_inches(11, 3)
    with pytest.raises(ParameterError, match="make theirs higher"):
        hd.data_audit().plot("coverage", ax=two[0])
    assert not two[0].lines and not two[0].patches and not two[0].texts


def test_where_there_is_nothing_to_draw_the_sentence_says_why(two):
    said = hd.growth_gap("gdp").plot("cumulative", ax=two[0])
    assert "No chain is drawn" in str(said)
    assert not two[0].lines
