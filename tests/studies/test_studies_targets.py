"""Between the series and what is said of targets: both readings, the ladder, the plan, what cannot be judged."""

from types import SimpleNamespace

import pytest

import hanyang_data as hd
from hanyang_data.errors import ParameterError, UnknownIdError
from hanyang_data.statistics.interval import printed
from hanyang_data.studies.registry import needs_of
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall import bases
from hanyang_data.studies.target_shortfall import evidence as studies_targets
from hanyang_data.studies.target_shortfall import findings as findings_targets
from hanyang_data.studies.target_shortfall import findings as tables_targets
from hanyang_data.words.wording import Text


def scope(region="hanyang", indicator="gdp", **options):
    return Scope(region, indicator, 2017, 2024, **{"vintage": "first"} | options)


def test_a_verdict_that_flips_between_first_and_latest_is_named():
    """Wuhan 2019, target about 8: about 7.8 in January 2020, 7.4 as measured."""
    found = studies_targets.vintages_of(scope("wuhan"))
    assert found.flips == {"strict": [], "about_025": [2019], "about_050": [2019]}
    assert found.later == [2018, 2019, 2021, 2022, 2023]


def test_both_readings_stand_in_the_table_and_so_does_the_flip():
    s = scope("wuhan")
    table = tables_targets.by_year(s, studies_targets.shortfall_of(s), studies_targets.vintages_of(s))
    assert table.loc[2019, ["Outturn", "Latest outturn", "It minus target", "Verdict changes"]].tolist() == [
        "about 7.8%", "7.4%", -0.6, "0.25, 0.5",
    ]  # fmt: skip
    latest = scope("wuhan", vintage="latest")
    turned = tables_targets.by_year(latest, studies_targets.shortfall_of(latest), studies_targets.vintages_of(latest))
    assert turned.loc[2019, ["Outturn", "First outturn"]].tolist() == ["7.4%", "about 7.8%"]


def test_a_strict_flip_is_said_in_the_answer(snapshot, add):
    from helpers import printed

    first = printed("hanyang", "gdp", 2021, 10.4, vintage="initial_estimate")
    add("observations.csv", first, printed("hanyang", "gdp", 2021, 9.8, source_id="wuhan_bulletin_2022"))
    found = studies_targets.vintages_of(scope(data_dir=str(snapshot)))
    assert found.flips["strict"] == [2021]
    answer = hd.target_shortfall(indicators=["gdp"], focus_year=2021, data_dir=str(snapshot)).answer()
    assert "Between the first and the latest figures the verdict changes in 2021." in answer.sentences


def test_all_growth_targets_of_a_year_are_counted():
    """Wuhan's of 2024: GDP 5.2 on 6, retail sales 5.3 on 8, prices 0.8 on about 3, ten more without an outturn."""
    made = hd.target_shortfall("consumer_prices", "wuhan", focus_year=2024)
    assert made.answer("en").finding == (
        "Wuhan met its target for consumer prices in 2022–2024; it met 1 of its 3 assessable growth targets for 2024"
    )
    assert made.answer("zh").finding.endswith("；2024年其3项可评估增速目标完成1项")
    told = made.table("all_targets")
    judged = told[told.iloc[:, 0].eq("growth") & told["Met, as stated"].isin(["met", "missed"])]["Met, as stated"]
    assert (judged.tolist().count("met"), len(judged)) == (1, 3)
    shown = made.chart("by_indicator").caption.title  # of which prices are none
    assert shown == "Wuhan met neither of its two assessable growth targets shown for 2024"
    assert made.chart("grid").caption.title == "In 2017–2024 Wuhan met 2 of the 12 growth targets shown that can be judged"
    none_left_out = hd.target_shortfall(lang="zh").chart("by_indicator").caption.title
    assert none_left_out == "2020年汉阳区5项可评估增速目标和市级下达的5项绩效目标均未完成"


def test_a_bound_that_decides_counts():
    """Wuhan 2021: 12% and more against 10%."""
    study = studies_targets.shortfall_of(scope("wuhan"))
    assert findings_targets.shortfall(scope("wuhan"), study.against_original).en == (
        "Wuhan met its growth target for GDP in 1 of 6 years"
    )


def test_a_verdict_that_the_reading_of_about_decides_is_told():
    """Wuhan 2019: first about 7.8% on about 8%; 2023 about 6% on 6.5%; Wuchang about 6.5% on 6.5%."""
    made = hd.target_shortfall("gdp", "wuhan")
    told = '"About" is read strictly; with a margin of 0.5 pp, 2019 would count as met and 2023 would be open.'
    assert told in made.answer("en").sentences
    assert "“左右”按原数判断；若浮动0.5个百分点，则2019年达到，2023年难以判断。" in made.answer("zh").sentences
    assert told in made.chart("by_year").caption.note
    wuchang = hd.target_shortfall("gdp", "wuchang").answer("en")
    assert '"About" is read strictly; with a margin of 0.5 pp, 2023 would be open.' in wuchang.sentences
    assert "strictly" not in str(hd.target_shortfall().answer("en"))  # −15.0 on about 7% is a miss under any reading


def test_a_number_that_keeps_its_bound_was_not_revised():
    """Wuhan 2021: investment 12% and more, then 12.9; GDP 12% and more, then 12.2."""
    assert "revised later" not in str(hd.target_shortfall("fixed_asset_investment", "wuhan").answer("en"))
    told = "Judged by the first figures; those of 2019 and 2022–2023 were revised later."
    gdp = hd.target_shortfall("gdp", "wuhan")
    assert told == bases.readings(gdp.scope, gdp._vintages).en


def test_a_window_without_2020_needs_no_year_in_focus():
    assert hd.target_shortfall("gdp", "hanyang", start_year=2021).year == 2023


def test_levels_count_among_the_targets_of_a_year():
    found = studies_targets.targets_in_year(scope(), 2020)
    table = tables_targets.all_in_year(scope(), 2020, found)
    assert (table["Met, as stated"] == "met").sum() == 1
    assert table.loc["New urban employment", "Outturn minus target, %"].tolist() == [-5.6, 13.3]


def test_what_over_1100_in_2025_needs_from_each_vintage():
    """1100/700, 1100/699, 1100/790 and 1100/860 over 5, 5, 4 and 2 years, on a pocket calculator."""
    path = studies_targets.required_path(scope(), 1.0)
    assert path.levels["value"].tolist() == [700, 699, 790, 860]
    assert path.levels["vintage"].tolist() == ["initial_estimate", "preliminary", "initial_estimate", "initial_estimate"]
    assert [round(need.nominal_pct, 2) for need in path.needed] == [9.46, 9.49, 8.63, 13.10]
    assert [need.left for need in path.needed] == [5, 5, 4, 2]
    assert path.average_pct[-1] == pytest.approx(100 * ((860 / 699) ** (1 / 3) - 1))
    last = path.needed[-1]
    assert [round(r, 1) for r in (last.real_pct, last.real_low_pct, last.real_high_pct)] == [12.0, 10.9, 13.1]


def test_the_plan_knows_only_what_was_public():
    path = studies_targets.required_path(scope(as_of="2021-01-31"), 1.0)
    assert path.levels["value"].tolist() == [700]
    assert studies_targets.required_path(scope(as_of="2019-12-31"), 1.0).targets.empty


def test_with_an_outturn_of_its_last_year_the_plan_is_judged_and_no_rate_is_given(snapshot, add):
    from helpers import printed

    add("observations.csv", printed("hanyang", "gdp", 2025, 1100, "level", source_id="wuhan_script_2026"))
    s = scope(data_dir=str(snapshot))
    path = studies_targets.required_path(s, 1.0)
    assert path.needed[-1] is None
    last = hd.target_shortfall("gdp", data_dir=str(snapshot)).plan.loc[2025]
    assert last["value"] == 1100
    assert last[["left", "nominal_pct", "real_high_pct"]].isna().all()  # no year is left
    assert findings_targets.plan_title(s, path).en == (
        "Hanyang's GDP missed the plan target for 2025, over CNY 110 billion"  # over does not include it
    )


def test_a_region_without_a_plan_says_so():
    s = scope("wuhan")
    assert findings_targets.plan_title(s, studies_targets.required_path(s, 1.0)).en == (
        "No five-year-plan target for the level of GDP of Wuhan is on record."
    )


def test_what_cannot_be_judged_is_counted_and_listed_with_its_wording():
    s = scope()
    in_year = {i: studies_targets.shortfall_of(s, i) for i in ("gdp", "disposable_income")}
    lacking = studies_targets.not_evaluable(in_year, "en")
    assert lacking.set_index(["indicator", "year"]).loc[("gdp", 2018), "target"] == 7.2
    table = tables_targets.not_evaluable(s, in_year, lacking)
    row = table[(table["Year"] == 2023) & (table.index == "Disposable income")].iloc[0]
    assert row["As printed"]
    assert row["Reason"] == "measured by GDP growth, not by a number"


def test_levels_have_their_attainment_and_the_plan_its_column():
    s = scope(indicator="new_urban_employment")
    jobs = tables_targets.by_year(s, studies_targets.shortfall_of(s, measure="level"), studies_targets.vintages_of(s, "level"))
    assert jobs.loc[2020, "Attainment, %"] == 94.4
    wide = Scope("hanyang", "gdp", 2017, 2025, vintage="first")
    path = studies_targets.required_path(wide, 1.0)
    study, vintages = studies_targets.shortfall_of(wide, measure="level"), studies_targets.vintages_of(wide, "level")
    table = tables_targets.by_year(wide, study, vintages, path)
    assert table.loc[2025, "Plan target (CNY 100 million)"] == "over 1,100"
    unit = "(CNY 100 million)"
    assert table.loc[2020, [f"City's post-COVID target {unit}", f"Latest outturn {unit}"]].tolist() == ["775", "699"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"regions": ["wuhn"]}, "wuhn"),
        ({"deflator_pct": -100.0}, "deflator_pct"),
        ({"deflator_pct": float("nan")}, "deflator_pct"),
    ],
)
def test_parameters_are_checked_before_a_kernel_starts(changes, words):
    given = {"region": "hanyang", "indicator": "gdp", "measure": "growth", "start_year": 2017, "end_year": 2024}
    with pytest.raises((ParameterError, UnknownIdError), match=words):
        Scope.check(given | {"regions": ["wuhan"], "deflator_pct": 1.0} | changes, needs_of("target_shortfall"))


def test_a_wording_that_was_printed_once_has_no_other_reading():
    vintages = studies_targets.vintages_of(scope("wuhan_etdz", "disposable_income"))
    assert vintages.later == []  # 2021: no number is the same as no number


def test_a_wording_that_was_printed_again_has_its_column_and_no_verdict(snapshot, add):
    from helpers import printed

    of = {"qualifier": "in_step_with_gdp", "token": "与经济增长同步", "basis": "nominal",
          "source_id": "wuhan_bulletin_2022"}  # fmt: skip
    add("observations.csv", printed("wuhan_etdz", "disposable_income", 2021, "", vintage="final", **of))
    s = scope("wuhan_etdz", "disposable_income", data_dir=str(snapshot))
    vintages = studies_targets.vintages_of(s)
    assert vintages.later == [2021]
    table = tables_targets.by_year(s, studies_targets.shortfall_of(s), vintages)
    assert table.loc[2021, "Latest outturn"] == "in step with GDP"
    assert "By it met, as stated" not in table


REVENUE = {"focus_year": 2022, "indicators": ["budget_revenue"], "regions": []}


def test_a_year_on_two_bases_is_judged_on_that_of_its_target_and_both_are_named():
    """Wuchang's revenue of 2022: 8.8% comparable in the text that prints the target of 5%, −8% as it is in another one."""
    study = hd.target_shortfall("budget_revenue", "wuchang", **REVENUE)
    assert study.by_year.loc[2022, ["outturn", "error_pp", "verdict_strict"]].tolist() == [8.8, 3.8, "met"]
    told = study.answer().sentences[0]
    assert told == "2022 is judged on the basis of its target (8.8%, comparable); at −8%, unadjusted, it was missed."
    assert told in study.chart("by_year").caption.note
    assert study.table("by_year").loc[2022, "On the other basis"] == "−8%, unadjusted; missed"
    assert "wuchang_budget_2022_2023" in study.sources.index
    # before the text with the target, and with the comparable figure, was there, the other one was all that was known
    early = studies_targets.shortfall_of(scope("wuchang", "budget_revenue", as_of="2023-01-31"))
    assert early.outturns.loc[2022, "value"] == -8.0
    assert early.other.empty


def test_the_one_basis_there_is_gets_named():
    """Wuhan's revenue of 2022 is printed on a comparable basis alone."""
    assert (
        hd.target_shortfall("budget_revenue", "wuhan", **REVENUE).answer().sentences[0] == "Judged on a comparable basis: 2022."
    )


def test_where_no_text_says_on_which_of_two_bases_a_target_is_set_the_year_is_open(snapshot, add):
    from helpers import printed

    own = printed("hongshan", "budget_revenue", 2022, 3.0, basis="nominal")
    adjusted = printed("hongshan", "budget_revenue", 2022, 9.0, basis="comparable", source_id="wuhan_bulletin_2023")
    target = {"concept": "target", "vintage": "original", "basis": "nominal", "source_id": "wuhan_bulletin_2022"}
    aim = printed("hongshan", "budget_revenue", 2022, 5.0, **target)
    add("observations.csv", own, adjusted, aim)
    study = hd.target_shortfall("budget_revenue", "hongshan", data_dir=str(snapshot), **REVENUE)
    assert study.by_year.loc[2022, "verdict_strict"] == "open"
    assert (
        "2022 is left open: 3%, unadjusted; 9%, comparable; no text says on which the target was set." in study.answer().sentences
    )
    assert study.not_computed["reason"].tolist().count("open, as it is printed on two bases that disagree") == 1
    easier = printed("hongshan", "budget_revenue", 2022, 2.0, **target)  # both reach it
    rows = (snapshot / "observations.csv").read_text(encoding="utf-8").splitlines()[:-1]
    (snapshot / "observations.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    add("observations.csv", easier)
    assert studies_targets.shortfall_of(
        scope("hongshan", "budget_revenue", data_dir=str(snapshot))
    ).against_original.judged == {2022: "met"}  # fmt: skip


def test_mostly_is_more_than_half_of_the_years():
    def told(region):
        result = studies_targets.shortfall_of(scope(region, as_of="2021-06-30")).against_original
        return tables_targets._unjudged(result)

    assert told("wuchang").en == "2 more years cannot be judged (no outturn, no target)."
    assert told("wuchang").zh == "另2年无法评估，因缺完成数、缺目标。"
    assert told("hanyang").en == "4 more years cannot be judged (mostly no outturn)."


def test_years_that_fell_equally_short_are_all_named():
    sizes = {2019: -3.0, 2020: -2.9, 2021: -3.0, 2022: -1.0, 2023: -3.0}
    result = SimpleNamespace(
        sizes={year: printed("point", size) for year, size in sizes.items()}, judged=dict.fromkeys(sizes, "missed"), unit="pp"
    )
    assert findings_targets._widest(scope("wuhan"), result) == Text(
        "It fell furthest short in 2019, 2021 and 2023, by 3.0 pp.", "差距最大的是2019、2021、2023年，低3.0个百分点。"
    )
