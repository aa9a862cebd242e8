"""What somebody who met a title, an answer or a frame for the first time took for something else."""

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.text import Text as Words

import hanyang_data as hd
from hanyang_data.record.contract import SNAPSHOT
from hanyang_data.studies.data_audit.figure import vintages_title
from hanyang_data.studies.growth_gap import findings
from hanyang_data.studies.scope import Scope
from hanyang_data.words.messages import Text


def test_a_direction_is_that_of_shares_like_for_like():
    """Wuchang's 2019 is an estimate over Wuhan's measured figure: 8.94, which 9.56 and 9.39 do not rise from.

    2022 is about 1,750 over about 19,000, 9.21%; over the measured 18,866.43 it is 9.28%.
    """
    found = hd.growth_gap("gdp", "wuchang")
    caption = found.chart("share_of_city").caption
    title = "Wuchang's share of Wuhan's GDP fell from 9.56% in 2020 to 9.39% in 2021"
    assert caption.title == title
    assert found.share_of_city.set_index(["indicator", "year"]).loc[("gdp", 2022), "unlike"]
    assert "\N{MINUS SIGN}0.17" in caption.alt
    assert "\N{MINUS SIGN}0.32" not in caption.alt  # of budget revenue: 2024 is an estimate
    sales = findings.share(Scope("wuchang", "retail_sales", 2017, 2024, comparator="wuhan"), found.share_of_city)
    assert sales.en == title  # the one indicator with two years like for like is named
    title = "Hanyang's share of Wuhan's GDP was 4.48% in 2020 and 4.30% in 2023, not like for like"  # 2023 is an estimate
    assert hd.growth_gap().chart("share_of_city").caption.title == title


def test_what_was_printed_twice_unchanged_was_not_printed_only_once():
    """6.0 for 2023 stands in the plan report and again in the work report."""
    audit = hd.data_audit()
    assert audit.readings.loc[2023, "source_id"].tolist() == ["hanyang_plan_2023_2024", "hanyang_gwr_2024"]
    title = vintages_title(audit.scope, "growth", audit.revisions, audit.readings.assign(vintage="final"))
    assert title.en == "Hanyang's GDP growth was never revised (2023 printed again unchanged)"
    assert "printed only once" in hd.data_audit("qiaokou").chart("vintages").caption.title


def test_estimates_that_nobody_measured_later_are_not_praised_as_never_revised():
    assert "measured later" in hd.data_audit(indicator="foreign_capital", measure="level").chart("vintages").caption.title
    title = Text(
        "Hanyang's GDP growth is on record in estimates alone, none of them measured later",
        "汉阳区地区生产总值增速均为预计数，未见后续统计数",
    )
    audit = hd.data_audit()
    assert vintages_title(audit.scope, "growth", audit.revisions, audit.readings) == title
    assert audit.chart("vintages").caption.title == title.en


def test_what_is_late_contradicts_nothing():
    """Of 24 discrepancies 11 are targets known late and 8 vintages published out of order."""
    audit = hd.data_audit("wuchang", "hanyang", "budget_revenue")
    assert audit.discrepancies["check"].isin(["target_after_its_year", "vintage_out_of_order"]).sum() == 19
    record = audit._numbers()["record"]
    assert (record["rows"], record["conflicts"], record["contradictions"]) == (748, 12, 5)


def test_a_bound_is_printed_and_is_no_number():
    """GDP and budget revenue of 2018 were printed as "over 1,000" and "over 100"."""
    audit = hd.data_audit()
    assert audit.coverage.loc[["gdp", "budget_revenue"], 2018].eq("bounded").all()
    assert (
        audit.answer().finding
        == "37 of 240 yearly figures for Hanyang (30 indicators) are known as numbers, 30 of them initial estimates"
    )
    assert "No number in 2018–2019 and 2024." in audit.chart("coverage").caption.said


def test_a_chain_names_its_base_and_answer_and_title_its_years_alike():
    """Wuchang's one gap of 2018 stands before the break of 2019 and is no chain: 100, 100, 102.8 was read as no change."""
    found = hd.growth_gap("gdp", "wuchang")
    assert found.cumulative.index.tolist() == [2019, 2020, 2021, 2022, 2023]
    assert found.cumulative["base_year"].eq(2019).all()
    assert found.chart("cumulative").caption.title == "From 2019 to 2023 Wuchang's GDP gained up to about 4% on Wuhan's"
    assert "From 2019 to 2023 it grew up to about 4% more than Wuhan in all." in str(found.answer())
    assert "以2019年为基期，至2023年累计比武汉市多增约4%以内。" in str(found.answer("zh"))
    assert hd.growth_gap().cumulative.empty


def test_a_gap_within_rounding_is_told_where_it_stands_against_the_title():
    title = "In 2023 Hongshan grew about as fast as Wuhan on 1 of 5 indicators, and more slowly on 4"
    caption = hd.growth_gap("gdp", "hongshan").chart("by_indicator").caption
    assert caption.title == title
    assert "2023年5项指标中，洪山区增速1项与武汉市大致持平，4项低于武汉市。" in str(hd.growth_gap("gdp", "hongshan").answer("zh"))
    caption = hd.growth_gap("gdp", "wuchang", focus_year=2023).chart("by_indicator").caption
    assert caption.title == "On the one indicator compared in 2023, GDP, Wuchang grew like Wuhan"
    assert "of 0.55 pp or less" in caption.note  # 6.5 against 6, both "about"
    caption = hd.growth_gap("gdp", "jiangan").chart("by_indicator").caption
    assert "*: from a secondary source." in caption.note
    assert "12.3%*, 6.4%*" in caption.alt  # the sign stands at the figure that the note speaks of
    assert "≈:" not in hd.growth_gap("gdp", "wuchang").chart("share_of_city").caption.note  # and no note speaks of a sign unseen


def test_the_one_indicator_that_compares_is_named():
    answer = hd.growth_gap("retail_sales", as_of="2023-06-30").answer()
    assert "On the one indicator compared in 2020, GDP, Hanyang grew more slowly than Wuhan." in str(answer)


def test_a_figure_that_a_series_has_otherwise_is_told():
    """Wuhan's 2023 is 5.7; beside Wuchang's estimate stands Wuhan's estimate, which is not joined to what was measured."""
    found = hd.growth_gap("gdp", "wuchang")
    assert found.yearly.loc[2023, ["city_pct", "city_vintage"]].tolist() == [6.0, "initial_estimate"]
    assert "Wuhan's own series has 4% (2022) and 5.7% (2023)." in found.chart("by_year").caption.note
    assert "Wuhan's own series has 5.7% (2023)." in hd.growth_gap().chart("by_year").caption.note


def test_a_comparable_rate_does_not_compare_with_one_over_a_break():
    """6.6 (comparable) beside 0.8 of the first year after a restatement of which no text says that the rate is comparable."""
    year = hd.growth_gap("budget_revenue", "hanyang", "wuchang").yearly.loc[2023]
    assert year[["district_pct", "city_pct", "blank"]].tolist() == [6.6, 0.8, "basis"]
    assert pd.isna(year["gap_pp"])


def test_what_has_no_gap_is_not_said_to_be_beyond_rounding():
    found = hd.growth_gap("gdp", "hanyang")
    for frame in (found.yearly, found.by_indicator, found.by_region):
        assert frame["within_rounding"].isna().equals(frame["gap_pp"].isna())
    assert found.by_indicator["blank"].loc[["budget_revenue", "disposable_income"]].tolist() == ["basis", "unstated"]
    assert found.share_of_city.query("indicator == 'budget_revenue'")["since"].isna().all()  # no break: not the year 0


def test_printed_and_implied_weights_are_told_apart():
    weights = hd.growth_gap().by_sector.loc["wuhan"].groupby(level="year")["weights"].first()
    assert weights.to_dict() == {2022: "implied", 2023: "printed", 2024: "implied"}


def test_a_district_and_the_zone_that_holds_it_are_one():
    """汉南区 is printed with the development zone: Wuhan has fifteen districts and zones on record, not sixteen."""
    found = hd.convergence("gdp", "wuhan")
    assert "11 of 15 districts lack a figure, 1 does not compare." in str(found.answer())
    assert "hannan" not in found.not_computed.index
    assert found.districts[["unit", "level_year"]].drop_duplicates().to_numpy().tolist() == [["CNY_100M", 2020]]


@pytest.fixture(scope="module")
def own():
    """Anybody's table, kept nowhere."""
    return hd.dataset_from_frame(pd.DataFrame({"年份": [2020, 2021, 2022], "GDP增速（%）": [1.0, 2.5, 3.0]}), region="汉阳")


@pytest.mark.parametrize("name", ["trend", "growth_gap", "target_shortfall", "convergence", "backtest", "data_audit"])
def test_a_study_takes_a_dataset_as_load_does(name, own, tmp_path):
    if name not in ("trend", "data_audit"):  # which need no city or district more
        own = hd.open_dataset(SNAPSHOT)
    study = getattr(hd, name)(dataset=own)
    assert study.scope.dataset is own
    assert study.plot(lang="zh") is not None  # the same in another language, of the same dataset
    assert (study.save(tmp_path, ["none"]) / "results.json").is_file()


def test_figures_of_an_own_dataset_are_its_own(own):
    assert hd.trend("gdp", "汉阳", dataset=own).growth.loc[2021, "value"] == 2.5


def test_axes_without_a_figure_say_why():
    """Hanyang has no two years in a row for a chain: its axes stood empty, and nothing said so."""
    figure, ax = plt.subplots()
    told = hd.growth_gap().plot("cumulative", ax=ax)
    assert "No chain is drawn" in " ".join(" ".join(words.get_text() for words in ax.texts).split())
    assert " ".join(ax.texts[0].get_text().split()) == told
    assert not ax.axison
    plt.close(figure)


def test_the_words_of_a_figure_are_its_texts_and_no_titles_of_axes():
    """``axes[0].set_title("")`` changed nothing; without its texts the plot alone is saved, as the how-to tells."""
    figure = hd.target_shortfall(size="column").plot("ladder")
    whole = figure.get_tightbbox().height
    assert not any(ax.get_title(loc) for ax in figure.axes for loc in ("left", "center", "right"))
    for words in figure.texts:
        words.set_visible(False)
    assert figure.get_tightbbox().height < whole - 1


@pytest.mark.parametrize(
    ("study", "name"),
    [
        (hd.growth_gap("gdp", "hanyang"), "by_year"),
        (hd.target_shortfall("gdp", "wuhan"), "by_year"),
        (hd.target_shortfall("gdp", "hongshan"), "ladder"),
        (hd.trend("budget_revenue", "wuhan"), "growth_and_level"),
    ],
    ids=lambda of: getattr(of, "name", of),
)
def test_no_sign_at_a_mark_is_left_unsaid_for_want_of_room(study, name):
    chart = study.chart(name)
    seen = "".join(text.get_text() for ax in chart.figure.axes for text in ax.findobj(Words))
    assert (signs := set(seen) & set("*†≈"))
    assert signs <= set(chart.caption.note)


def test_what_else_is_printed_for_the_years_of_a_trend_is_said():
    """Wuchang's revenue: 2019 -4 or 0, 2022 -8 or 8.8 comparable, and 2023 on is another basis: all in answer and note."""
    study = hd.trend("budget_revenue", "wuchang", lang="zh")
    assert "另有2019年0%、2022年8.8%（可比）。口径不同：2023年0.9%、2024年0.3%。" in str(study.answer())
    assert "2019年图中为−4，另有0；2022年图中为−8，另有8.8（可比）" in study.chart("growth_and_level").caption.note
    target = hd.target_shortfall("budget_revenue", "wuchang", lang="zh")
    assert "2022年按目标口径评估（可比8.8%；未调整−8%未达到）。" in str(target.answer())
    assert "2022年图中为8.8，另有−8" in target.chart("by_year").caption.note + target.chart("by_year").caption.more


def test_a_figure_of_fewer_digits_is_no_other_figure():
    """128.93 and 129, 140.13 and 140.1344: a table tells them apart, a note does not."""
    words = hd.trend("budget_revenue", "wuchang").chart("growth_and_level").caption
    assert "128.93" not in words.note + words.more
    assert "140.1344" not in words.note + words.more


def test_targets_judged_by_first_figures_say_so_where_later_ones_differ():
    assert "按首次公布数评估，2021年后来有修订。" in str(hd.target_shortfall("retail_sales", "wuhan").answer("zh"))
    latest = hd.target_shortfall("retail_sales", "wuhan", vintage="latest")
    assert "Judged by the latest figures; the first ones of 2021 differ." in str(latest.answer())
    assert "revised later" not in str(hd.target_shortfall("gdp", "hanyang").answer())


def test_a_rate_of_the_first_year_on_another_basis_compares_with_none():
    """Wuchang's revenue grew by 0.9% in 2023 on a restated base, its levels by 6.3%: not 5.5 points less than Wuhan's 6.4%."""
    gap = hd.growth_gap("budget_revenue", "wuchang")
    assert gap.yearly.loc[2023, "blank"] == "basis"
    assert "5.5 pp" not in str(gap.answer())


def test_comparable_rates_stand_beside_comparable_rates():
    """Of 2022 Wuchang prints -8.0 and 8.8 on a comparable basis, Wuhan 3.7 on that alone: 8.8 stands beside it, an estimate."""
    gap = hd.growth_gap("budget_revenue", "wuchang")
    assert gap.yearly.loc[2022, ["district_pct", "city_pct"]].tolist() == [8.8, 3.7]
    assert gap.yearly.loc[2022, "blank"] == "vintage"
    words = gap.chart("by_year").caption
    assert "on different bases: 2018 and 2023." in words.note.replace("2018, 2023", "2018 and 2023")
    assert gap.intervals.loc[2022, ["low_pp", "high_pp"]].tolist() == pytest.approx([8.8 - 3.7 - 4.2, 8.8 - 3.7 + 4.2])


def test_vintages_are_told_apart_where_growth_and_level_differ_in_a_year():
    """Hanyang's GDP of 2020: growth of December, level of May; a note that gave 2020 both kinds contradicted itself."""
    study = hd.trend("gdp", lang="zh")
    words = study.chart("growth_and_level").caption
    told = "完成数：增速2017、2020、2023年为预计数；总量2017、2021、2023年为预计数，2020年为初步数，2018年为后续公布数。"
    assert told in words.note + words.more
    assert "增速为预计数、总量为初步数" in study.table("figures_on_record")["数据版本"].tolist()


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ([100, 200, 300], "Below five districts no line is drawn and nothing is tested"),
        ([100] * 5 + [200], "Too many levels are alike: no line is drawn, and nothing is tested"),
        ([100, 100, 200, 300, 400, 500, 600], "Dashed: median change with a doubling of the level"),  # one tie is none too many
    ],
)
def test_why_no_line_is_drawn_through_districts_is_said_as_it_is(levels, said):
    names = [f"区{sign}" for sign in "甲乙丙丁戊己庚"[: len(levels)]]
    rows = [(2022, name, level, None) for name, level in zip(names, levels, strict=True)]
    rows += [(2023, name, level * (1.09 - place / 100), 9 - place) for place, (_, name, level, _) in enumerate(rows)]
    rows += [(2022, "示例市", 3000, None), (2023, "示例市", 3150, 5)]
    own = hd.dataset_from_frame(
        pd.DataFrame(rows, columns=["年份", "地区", "GDP（亿元）", "GDP增速（%）"]).round(1),
        regions={name: f"d{place}" for place, name in enumerate(names)} | {"示例市": "democity"},
        part_of=dict.fromkeys(names, "示例市"),
    )
    assert said in hd.convergence("gdp", "democity", dataset=own).chart("scatter").caption.note
