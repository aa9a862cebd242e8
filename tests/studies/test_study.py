"""A study as its user works with it: arguments, answer, frames, figures that may be changed, files."""

import inspect
import json
import pickle
from copy import deepcopy
from datetime import date

import numpy as np
import pandas as pd
import pytest
from helpers import PROJECT
from matplotlib.figure import Figure

import hanyang_data as hd
from hanyang_data.batch.job import PLUMBING
from hanyang_data.batch.parameters import read_parameters
from hanyang_data.errors import NoDataError, ParameterError, UnknownIdError
from hanyang_data.studies.registry import ANALYSES, STUDIES, declared, needs_like, needs_of
from hanyang_data.studies.results import Sentence, Table
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import headed
from hanyang_data.words.messages import messages

FRAMES = {
    "trend": ["growth", "level", "statistics"],
    "growth_gap": ["yearly", "cumulative", "statistics", "by_indicator", "by_region", "by_sector", "share_of_city", "per_head"],
    "target_shortfall": ["by_year", "against_city", "by_indicator", "statistics", "ladder", "plan"],
    "convergence": ["districts"],
    "backtest": ["estimates", "pairs", "coverage", "reliability"],
    "data_audit": ["coverage", "readings", "revisions", "conflicts", "discrepancies"],
}


@pytest.fixture(scope="module", params=ANALYSES)
def study(request):
    return getattr(hd, request.param)()


@pytest.mark.parametrize("name", STUDIES)
def test_the_arguments_are_the_parameters_of_the_notebook(name):
    known = {n: p for n, p in read_parameters(PROJECT / "notebooks" / f"{name}.ipynb").items() if n not in PLUMBING}
    own = {n: p for n, p in inspect.signature(getattr(hd, name)).parameters.items() if n not in (*PLUMBING, "dataset")}
    assert set(own) == set(known)
    for n, p in own.items():
        default = list(p.default) if isinstance(p.default, tuple) else p.default
        assert default == known[n].default or n == "runs_dir"  # which a notebook looks for from its own folder


def test_frames_hold_numbers_under_names_one_would_guess(study):
    assert study.name in FRAMES, "name here the frames that one goes on with"
    for name in FRAMES[study.name]:
        frame = getattr(study, name)
        assert isinstance(frame, pd.DataFrame)
        pd.testing.assert_frame_equal(getattr(study, name), frame)
    assert isinstance(study.not_computed, pd.DataFrame)  # what it cannot say, of which year or region, and why
    assert all(str(column).islower() for column in study.not_computed.columns)  # names of columns, not heads of a table
    assert not set(study.not_computed.get("reason", [])) & {"district", "city", "neither", "vintage", "basis"}  # words
    assert {"answer", "plot", "save", "sources"} <= set(dir(study))
    assert not {"scope", "parts", "record"} & set(dir(study))  # what Tab offers is what one does with a study
    assert list(study.sources.columns) == ["published_on", "publisher", "title", "kind", "url"]
    assert study.sources["published_on"].str[:4].is_monotonic_increasing


def test_a_study_shows_itself_in_jupyter_and_in_a_terminal(study):
    shown = study._repr_mimebundle_()
    assert study.answer().finding[:20].replace("'", "&#x27;") in shown["text/html"]
    assert 'src="data:image/png;base64,' in shown["text/html"]
    assert repr(study).startswith(study.answer().finding)
    assert "figures: " + ", ".join(study.figures) in repr(study)


def test_the_answer_is_there_in_both_languages(study):
    english, chinese = study.answer("en"), study.answer("zh")
    assert english.finding.isascii() or "–" in english.finding
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese.finding)
    assert len(english.sentences) == len(chinese.sentences)


def test_every_figure_is_one_that_its_caller_may_change(study, tmp_path):
    for name in study.figures:
        drawn = study.plot(name)
        assert isinstance(drawn, (Figure, Sentence))
    name = study.figures[0]
    study.save(tmp_path / "before", ["svg"])
    mine = study.plot(name)
    mine.axes[0].set_ylim(-1000, 1000)
    mine.suptitle("mine")
    study.save(tmp_path / "after", ["svg"])
    before, after = ((tmp_path / when / f"{name}.svg").read_bytes() for when in ("before", "after"))
    assert before == after, "what a user does to a figure is not what the study writes"


COPIES = (deepcopy, lambda of: pickle.loads(pickle.dumps(of)))  # the second as another process has it


@pytest.mark.parametrize("copied", COPIES)
def test_a_copy_of_a_study_is_the_same_question(study, copied):
    again = copied(study)
    assert (again.scope, again.size, again.asked) == (study.scope, study.size, study.asked)
    assert again.scope.dataset is study.scope.dataset
    assert again.answer() == study.answer()


def test_a_study_of_other_data_takes_them_along():
    rows = {"year": [2021, 2022, 2023], "GDP（亿元）": [100, 110, 120]}
    study = hd.trend(region="hanyang", dataset=hd.dataset_from_frame(pd.DataFrame(rows), region="hanyang"))
    assert all(copied(study).answer() == study.answer() for copied in COPIES)


@pytest.mark.parametrize("copied", COPIES)
def test_a_copy_of_a_figure_is_shown_as_any_other(study, copied, tmp_path):
    for drawn in filter(lambda one: isinstance(one, Figure), map(study.plot, study.figures)):
        mine = copied(drawn)
        assert not mine._repr_mimebundle_ and not mine._ipython_display_  # which would show the study's
    mine.savefig(tmp_path / "mine.png")


def test_what_is_shown_is_the_figure_as_it_is_now():
    study = hd.trend()
    drawn = study.plot()
    first = drawn._repr_mimebundle_()[0]["image/png"]
    assert drawn._repr_mimebundle_()[0]["image/png"] == first
    drawn.axes[0].set_ylim(-100, 100)
    assert drawn._repr_mimebundle_()[0]["image/png"] != first


def test_the_files_are_those_of_a_batch_run(study, tmp_path):
    folder = study.save(tmp_path, ["svg"])
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    assert results["notebook"] == study.name
    assert list(results["tables"]) == study.tables
    assert [*results["figures"], *results["not_drawn"]] and set(study.figures) == {
        *results["figures"], *results["not_drawn"],
    }  # fmt: skip


def test_tables_and_figures_come_in_another_language_and_size():
    study = hd.growth_gap()
    assert "汉阳区（%）" in study.table("by_year", lang="zh").columns
    assert study.plot("by_year", size="column").get_figwidth() < study.plot("by_year").get_figwidth()


def test_what_there_is_nothing_to_draw_of_is_a_sentence():
    said = hd.target_shortfall("gdp", "wuhan").plot("plan")
    assert said == "No five-year-plan target for the level of GDP of Wuhan is on record."


@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        (lambda: hd.trend("gpd"), UnknownIdError, "unknown indicator 'gpd'"),
        (lambda: hd.growth_gap("gdp", "wuhan", "wuhan"), ParameterError, "the region itself"),
        (lambda: hd.target_shortfall("school_places", "xinzhou"), NoDataError, "holds nothing on it"),
        (lambda: hd.trend().plot("gap"), ParameterError, "trend has no figure 'gap'"),
        (lambda: hd.trend().table("gap"), ParameterError, "trend has no table 'gap'"),
        (lambda: hd.trend(size="huge"), ParameterError, "size is 'huge'"),
        (lambda: hd.trend().answer("fr"), ParameterError, "unknown language 'fr'"),
        (lambda: hd.trend().save(formats=["gif"]), ParameterError, "format 'gif'"),
        (lambda: hd.trend().save(formats=None), ParameterError, "formats is None: give a list"),
        (lambda: hd.trend(None), UnknownIdError, "unknown indicator None: give an id or a name as text$"),
        (lambda: hd.trend(region=7), UnknownIdError, "unknown region 7: give an id or a name as text$"),
        (lambda: hd.trend(as_of=20210630), ParameterError, "as_of is 20210630: write a day such as 2021-06-30"),
        (lambda: hd.trend(implied="no"), ParameterError, "implied is 'no': give True or False"),
        (lambda: hd.growth_gap(comparator=None), ParameterError, "comparator is empty: name the region to compare with"),
        (lambda: hd.growth_gap(indicators=None), ParameterError, "indicators is empty: name at least one"),
        (lambda: hd.growth_gap(regions=7), ParameterError, "regions is 7: give a list of names"),
        (lambda: hd.growth_gap(focus_year="2020"), ParameterError, "focus_year is '2020': a year is a whole number"),
        (lambda: hd.growth_gap(margin_pp="1"), ParameterError, "margin_pp is '1': a size that would matter"),
        (lambda: hd.target_shortfall(deflator_pct="2"), ParameterError, "deflator_pct is '2': percent a year is needed"),
        (lambda: hd.target_shortfall(regions=["武昌", "wuchang"]), ParameterError, "regions names 'wuchang' twice"),
    ],
)
def test_a_mistake_is_one_sentence(ask, error, says):
    with pytest.raises(error, match=says):
        ask()


def test_names_are_understood_and_answers_carry_ids():
    assert hd.trend("地区生产总值", "武汉").scope.region == "wuhan"
    gap = hd.growth_gap("gdp", indicators=["gdp", "社零"], regions="武昌")
    assert gap.by_indicator.index.tolist() == ["gdp", "retail_sales"]
    assert set(gap.by_region["region"]) == {"wuchang"}
    assert isinstance(gap.plot("by_indicator"), Figure)
    ladder = hd.target_shortfall("gdp", indicators="GDP", regions=["武昌", "汉阳区"]).ladder
    assert [name for name in ladder if name.startswith("bar_")] == ["bar_hanyang", "bar_wuchang"]


@pytest.mark.parametrize("day", [date(2021, 6, 30), pd.Timestamp("2021-06-30"), np.datetime64("2021-06-30")])
def test_a_day_is_understood_however_python_has_it(day):
    for name in ANALYSES:
        study = getattr(hd, name)(as_of=day)
        assert study.answer().finding.endswith("(as known on 2021-06-30)")


def test_every_part_is_declared_with_its_words():
    for name in STUDIES:
        says = messages(f"hanyang_data.studies.{name}.parts")
        worded = {(kind, part.partition(".")[0]) for kind in ("figure", "table") for part in says.records(f"{kind}s")}
        assert set(declared(name).parts) == worded


def test_the_note_of_the_shares_speaks_of_the_years_that_are_drawn():
    caption = hd.growth_gap().chart("share_of_city").caption
    assert "GDP 2023" in caption.note  # drawn are 2020 and 2023
    assert "2021" not in caption.note


@pytest.mark.parametrize(("study", "name"), [(hd.growth_gap, "share_of_city"), (hd.convergence, "scatter")])
def test_a_sign_that_the_note_explains_stands_at_a_mark(study, name):
    caption = study().chart(name).caption
    assert "*: from a secondary source" in caption.note
    assert "*" in caption.alt  # which has the cells and the names


@pytest.mark.parametrize("year", ["2017", 2017.0, None])
def test_a_year_that_is_no_whole_number_is_told(year):
    with pytest.raises(ParameterError, match="a year is a whole number such as 2017"):
        hd.trend(start_year=year)


@pytest.mark.parametrize("study", ANALYSES)
def test_a_copy_of_a_notebook_needs_on_record_what_the_notebook_needs(study):
    asked = read_parameters(PROJECT / "notebooks" / f"{study}.ipynb")
    assert needs_like(asked) is needs_of(study)


def test_a_figure_says_in_words_what_stands_at_its_marks():
    en, zh = (hd.trend(lang=lang).chart("growth_and_level").caption.alt for lang in ("en", "zh"))
    assert "Real growth, % on the year before, implied: 2021 7.3–16.7; " in en
    assert "可比价格增速（%），推算：2021 7.3–16.7；" in zh


def test_a_table_without_rows_has_its_heads():
    empty = hd.growth_gap("foreign_trade").table("shares")  # in no year do both print a level
    assert (len(empty), empty.index.name) == (0, "Year")
    assert "Contribution to growth of Wuhan, pp" in empty.columns


def test_a_notebook_shows_no_more_rows_of_a_table_than_one_looks_at():
    table = pd.DataFrame({"region": [f"r{k}" for k in range(1500)], "n": 7})
    frame = headed(Scope("hanyang", "gdp", 2017, 2024, lang="zh"), table, {})
    shown = Table.of(frame, "zh")._repr_html_()
    assert shown.count("<tr>") == 1001
    assert shown.endswith("<p>本表共1,500行，以上为前1,000行。</p>")
    assert len(repr(Table.of(frame, "en")).splitlines()) == 1002
    assert "<p>" not in Table.of(frame.iloc[:1000], "zh")._repr_html_()
