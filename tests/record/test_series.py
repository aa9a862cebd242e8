"""The public API: load, targets, compare, catalog, cite."""

import datetime
import subprocess
import sys

import pandas as pd
import pytest

import hanyang_data as hd
from hanyang_data.errors import HanyangError, ParameterError, UnknownIdError
from hanyang_data.record.beside import target_objects
from hanyang_data.record.frames import segments, stated
from hanyang_data.record.observations import default_dataset
from hanyang_data.record.series import LOAD_COLUMNS, MEASURES

SERIES = sorted(
    {(r, i, m) for r, i, m in default_dataset().observations[["region", "indicator", "measure"]].itertuples(index=False)}
)


def test_load_serves_what_was_printed():
    growth = hd.load("gdp", "hanyang")
    assert growth["value"].dropna().to_dict() == {2017: 7.0, 2020: -8.0, 2023: 6.0}
    level = hd.load("gdp", "hanyang", "level")
    assert level["value"].loc[2017:].dropna().to_dict() == {2017: 948.0, 2018: 1000.0, 2020: 699.0, 2021: 790.0, 2023: 860.0}
    assert hd.load("gdp", "hanyang", "level", vintage="first").loc[2020, "value"] == 700.0
    assert level.loc[2020, ["vintage", "source_id"]].tolist() == ["preliminary", "hanyang_fyp14"]
    assert level.loc[2021, "flag"] == "secondary"
    assert level.loc[2018, ["qualifier", "vintage", "flag"]].tolist() == ["over", "final", "bound"]
    assert level["unit"].unique().tolist() == ["CNY_100M"]


@pytest.mark.parametrize("vintage", ["first", "latest"])
@pytest.mark.parametrize(("region", "indicator", "measure"), SERIES)
def test_every_series_has_one_row_a_year_and_the_columns_of_the_contract(region, indicator, measure, vintage):
    frame = hd.load(indicator, region, measure, vintage=vintage)
    assert frame.columns.tolist() == LOAD_COLUMNS
    assert frame.empty or frame.index.tolist() == list(range(frame.index.min(), frame.index.max() + 1))
    assert frame["value"].isna()[frame["flag"] == "missing"].all()
    assert (frame["source_id"].eq("") == frame["flag"].eq("missing")).all()
    assert {key: frame.attrs[key] for key in ("indicator", "region", "measure")} == {
        "indicator": indicator,
        "region": region,
        "measure": measure,
    }
    assert {"breaks", "links"} < set(frame.attrs)
    assert frame.index.name == "year"
    assert frame["value"].dtype == float


def test_quarters_and_multi_year_figures_never_enter_an_annual_series():
    in_2023 = hd.load("gdp", "wuhan", vintage="all").loc[2023, "value"]
    assert set(in_2023) == {6.0, 5.7}  # not 4.5, 5 and 5.5 of the quarters
    assert 2000.0 not in hd.load("fixed_asset_investment", measure="level", vintage="all")["value"].tolist()


def test_a_missing_year_is_missing_and_never_zero():
    growth = hd.load("gdp")
    assert growth.index[growth["flag"] == "missing"].tolist() == [2018, 2019, 2021, 2022]
    assert growth.loc[2018, ["unit", "qualifier", "vintage", "published_on", "source_id"]].tolist() == ["percent", *[""] * 4]
    assert 2024 not in growth.index  # beyond the last year on record nothing is missing
    compared = hd.compare("gdp", ["hanyang", "wuhan"])
    assert compared.loc[2020].tolist() == [-8.0, -4.7]
    assert pd.isna(compared.loc[2019, "hanyang"])
    assert compared.columns.tolist() == ["hanyang", "wuhan"]


@pytest.mark.parametrize(("region", "indicator", "measure"), SERIES)
def test_what_a_user_computes_next_never_takes_years_that_lie_apart_for_neighbours(region, indicator, measure):
    values = hd.load(indicator, region, measure)["value"]
    known = values.dropna().to_dict()
    runs = {year for year in known if {year - 1, year - 2} <= known.keys()}
    assert set(values.rolling(3).mean().dropna().index) == runs
    changes = values.diff().dropna()
    assert changes.to_dict() == {y: known[y] - known[y - 1] for y in known if y - 1 in known}
    assert set(values[values != 0].pct_change().dropna().index) <= set(changes.index) | {y for y in known if known[y] == 0}
    drawn = hd.compare(indicator, [region], measure=measure)[region]
    assert drawn.index.tolist() == list(range(drawn.index.min(), drawn.index.max() + 1)) if len(drawn) else True


def test_the_mean_of_three_years_apart_is_no_mean():
    assert hd.load("gdp", "hanyang")["value"].rolling(3).mean().dropna().empty  # 2017, 2020, 2023 gave 1.67
    both = hd.compare("gdp", ["hanyang", "wuhan"])
    assert both["hanyang"].diff().dropna().empty
    assert both["wuhan"].diff().loc[2021] == pytest.approx(12.2 + 4.7)
    assert hd.segments(hd.load("gdp", "hanyang", "level"))[-1]["value"].diff().dropna().to_dict() == {2021: 91.0}


def test_the_line_of_a_plot_stops_where_a_year_is_missing():
    from matplotlib.figure import Figure

    axes = Figure().subplots()
    hd.load("gdp", "hanyang")["value"].plot(ax=axes)
    heights = axes.lines[0].get_ydata(orig=False)
    assert [bool(pd.isna(height)) for height in heights] == [False, True, True, False, True, True, False]


def test_targets_step_from_year_to_year_and_a_missing_one_is_no_object():
    frame = hd.targets("gdp")
    assert frame.index.tolist() == list(range(2018, 2025))
    assert frame.loc[2022, ["flag", "wording"]].tolist() == ["missing", ""]
    assert frame["value"].diff().loc[2023:].dropna().to_dict() == {2024: -0.5}
    assert 2022 not in target_objects(frame)
    assert hd.targets("gdp", vintage="revised")["value"].isna().any() == (
        "missing" in set(hd.targets("gdp", vintage="revised")["flag"])
    )


def test_an_empty_series_keeps_its_columns_and_types():
    empty, full = hd.load("gdp", as_of="2000-01-01"), hd.load("gdp")
    assert empty.empty
    assert empty.dtypes.equals(full.dtypes)


def test_compare_is_the_same_with_regions_swapped():
    there = hd.compare("retail_sales", ["hanyang", "wuhan"])
    back = hd.compare("retail_sales", ["wuhan", "hanyang"])
    pd.testing.assert_frame_equal(there, back[["hanyang", "wuhan"]])


def test_compare_leaves_out_what_does_not_state_the_figure():
    assert hd.load("gdp", "wuhan", vintage="first").loc[2021, "qualifier"] == "at_least"
    assert pd.isna(hd.compare("gdp", ["wuhan"], vintage="first").loc[2021, "wuhan"])
    assert hd.compare("gdp", ["wuhan"]).loc[2021, "wuhan"] == 12.2


def test_the_plant_that_left_is_a_break_in_growth_and_level():
    for measure in MEASURES:
        frame = hd.load("gdp", "hanyang", measure)
        assert "break" in frame.loc[2020, "flag"].split()
        assert all(max(part.index) < 2019 or min(part.index) >= 2019 for part in segments(frame))
    cut = hd.breaks("gdp").set_index("first_year").loc[2019]
    assert cut[["kind", "link"]].tolist() == ["enterprise_relocation", "none"]


def test_targets_of_2020_come_in_two_sets():
    original, revised = hd.targets("gdp"), hd.targets("gdp", vintage="revised")
    assert original.loc[2020, ["value", "qualifier", "wording"]].tolist() == [7.0, "about", "7%左右"]
    assert revised["value"].to_dict() == {2020: 0.5}
    assert hd.targets("gdp", vintage="plan", measure="level").loc[2025, ["value", "qualifier"]].tolist() == [1100.0, "over"]
    assert hd.targets("gdp", vintage="revised", measure="level")["value"].to_dict() == {2020: 775.0}


def test_targets_is_also_the_reader_of_wordings():
    assert hd.targets.parse("6.5%左右") == hd.targets.Target(low=6.5, high=6.5, qualifier="about")
    from hanyang_data.record.targets import parse

    assert parse is hd.targets.parse


def test_target_objects_carry_bounds_on_the_right_side():
    jobs = target_objects(hd.targets("new_urban_employment", "wuhan", measure="level"))[2024]
    assert (jobs.low, jobs.high, jobs.qualifier, jobs.unit) == (25.0, None, "at_least", "10K_persons")
    income = target_objects(hd.targets("disposable_income"))[2024]
    assert (income.low, income.high, income.qualifier) == (None, None, "in_step_with_gdp")
    prices = target_objects(hd.targets("consumer_prices", "wuhan"), ceiling=True)[2024]
    assert prices.ceiling


def test_as_of_knows_nothing_that_was_published_later():
    assert hd.load("gdp", as_of="2017-12-25").empty
    assert hd.load("gdp", as_of="2017-12-26").index.tolist() == [2017]
    assert hd.load("gdp", as_of=datetime.date(2020, 12, 30)).index.tolist() == [2017]  # the plan report names no day
    assert hd.load("gdp", as_of="2020-12-31")["value"].dropna().index.tolist() == [2017, 2020]
    assert hd.targets("gdp", as_of="2023-11-30").index.max() == 2021


def test_every_outturn_is_served_from_the_day_its_source_is_known_and_not_a_day_before():
    obs = default_dataset().observations
    annual = obs[obs["period"].eq("annual") & obs["concept"].eq("outturn")]
    for (region, indicator, measure), rows in annual.groupby(["region", "indicator", "measure"]):
        for day in rows["known_from"].unique():
            for as_of in (day - pd.Timedelta(days=1), day):
                served = hd.load(indicator, region, measure, vintage="all", as_of=as_of.date())
                public = rows[rows["known_from"] <= as_of]
                assert sorted(zip(served.index, served["source_id"], strict=True)) == sorted(
                    zip(public["year"], public["source_id"], strict=True)
                )


def test_a_break_is_not_known_before_its_evidence():
    assert 2019 not in hd.breaks("gdp", as_of="2020-12-27")["first_year"].tolist()
    assert 2019 in hd.breaks("gdp", as_of="2020-12-28")["first_year"].tolist()
    for row in default_dataset().breaks.itertuples():
        day = default_dataset().sources.loc[row.source_id, "known_from"] - pd.Timedelta(days=1)
        assert row.first_year not in hd.breaks(row.indicator, row.region, as_of=day.strftime("%Y-%m-%d"))["first_year"].tolist()


def test_every_target_is_served_from_the_day_its_source_is_known_and_not_a_day_before():
    obs = default_dataset().observations
    annual = obs[obs["period"].eq("annual") & obs["concept"].eq("target")]
    for (region, indicator, measure, vintage), rows in annual.groupby(["region", "indicator", "measure", "vintage"]):
        for day in rows["known_from"].unique():
            for as_of in (day - pd.Timedelta(days=1), day):
                served = hd.targets(indicator, region, vintage=vintage, measure=measure, as_of=as_of.date())
                public = rows[rows["known_from"] <= as_of]
                served = served[served["flag"] != "missing"]
                assert set(served.index) == set(public["year"])
                assert set(served["source_id"]) <= set(public["source_id"])


def test_a_comparable_basis_is_flagged():
    assert "comparable" in hd.load("budget_revenue").loc[2023, "flag"].split()
    assert "comparable" not in hd.load("budget_revenue", "wuhan").loc[2023, "flag"].split()


def test_a_printed_none_is_a_row_and_not_a_missing_one():
    assert hd.targets("disposable_income", vintage="revised").loc[2020, ["qualifier", "wording"]].tolist() == ["none", "无"]


def test_stated_leaves_out_bounds_and_wordings():
    assert 2018 in hd.load("gdp", measure="level").index
    assert 2018 not in stated(hd.load("gdp", measure="level")).index
    assert stated(hd.load("disposable_income")).to_dict() == {2017: 9.0}


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: hd.load("gpd"), UnknownIdError, "did you mean gdp"),
        (lambda: hd.load("gdp", "hanyan"), UnknownIdError, "did you mean hanyang"),
        (lambda: hd.targets("gdp", "wuhn"), UnknownIdError, "did you mean wuhan"),
        (lambda: hd.compare("gdp", ["hanyang", "wuhn"]), UnknownIdError, "wuhan"),
        (lambda: hd.compare("gdp", ["hanyang", "hanyang"]), ParameterError, "different region ids"),
        (lambda: hd.compare("gdp", "hanyang"), ParameterError, "a list"),
        (lambda: hd.load("gdp", measure="growht"), ParameterError, "did you mean growth"),
        (lambda: hd.load("gdp", vintage="lates"), ParameterError, "did you mean latest"),
        (lambda: hd.targets("gdp", vintage="orignal"), ParameterError, "did you mean original"),
        (lambda: hd.load("gdp", as_of="2021-6-30"), ParameterError, "write a day such as 2021-06-30"),
        (lambda: hd.load("gdp", as_of="2021-02-30"), ParameterError, "write a day"),
        (lambda: hd.derived.two_year_average("gdp", years=(2020, 2023)), ParameterError, "years in a row"),
        (lambda: hd.cite(["nobody"]), UnknownIdError, "unknown source"),
        (lambda: hd.cite("hanyang_gwr_2018"), ParameterError, "a list of source ids"),
        (lambda: hd.cite(hd.compare("gdp", ["hanyang"])), ParameterError, "source_id column"),
        (lambda: hd.load(["gdp"]), UnknownIdError, "unknown indicator"),
        (lambda: hd.segments(hd.compare("gdp", ["hanyang"])), ParameterError, r"segments\(\) takes a frame with flag, as load"),
        (lambda: hd.segments(3), ParameterError, r"segments\(\) takes a frame with flag, as load"),
        (lambda: hd.segments(hd.load("gdp", vintage="all")), ParameterError, "one reading a year: load with vintage first or"),
        (lambda: hd.stated(hd.revisions("gdp")), ParameterError, r"stated\(\) takes a frame with value and qualifier, as load"),
        (lambda: hd.cite(hd.load("gdp"), "fr"), ParameterError, "known are en, zh"),
    ],
)
def test_mistakes_are_one_sentence_with_the_nearest_words(call, error, says):
    with pytest.raises(error, match=says) as caught:
        call()
    assert isinstance(caught.value, HanyangError)
    assert "\n" not in str(caught.value)


def test_an_unknown_id_is_a_key_error():
    with pytest.raises(KeyError):
        hd.load("gpd")


def test_cite_names_each_source_once_in_order_in_both_languages():
    frame = hd.load("gdp")
    english, chinese = hd.cite(frame, "en"), hd.cite(frame, "zh")
    assert english.count("Government Work Report") == 1
    assert english.index("2017-12-26") < english.index("(2020-12)") < english.index("(2023-12)")
    assert "汉阳区发展和改革局：《" in chinese
    assert hd.cite(frame.iloc[::-1], "en") == english
    assert hd.cite(hd.trend().sources).startswith(english.partition(" (2017-12-26)")[0])
    assert "Statistical Bulletin 2020 of Wuhan" in hd.cite(hd.derived.implied("gdp", "hanyang"))  # several in a cell


def test_catalog_counts_years_with_numbers_apart_from_wordings():
    table = hd.catalog().set_index(["region", "indicator", "concept", "measure", "period"])
    assert table.loc[("hanyang", "gdp", "outturn", "growth", "annual"), ["first_year", "last_year", "years"]].tolist() == [
        2017,
        2023,
        3,
    ]
    assert table.loc[("hanyang", "disposable_income", "outturn", "growth", "annual"), ["years", "worded_years"]].tolist() == [
        1,
        2,
    ]


def test_the_order_of_rows_in_the_file_does_not_matter(snapshot):
    file = snapshot / "observations.csv"
    head, *rows = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([head, *reversed(rows)]) + "\n", encoding="utf-8")
    turned = hd.open_dataset(snapshot)
    for region, indicator, measure in SERIES:
        one, two = hd.load(indicator, region, measure), hd.load(indicator, region, measure, dataset=turned)
        pd.testing.assert_frame_equal(one[["value", "vintage", "source_id"]], two[["value", "vintage", "source_id"]])


def test_importing_the_package_pulls_in_pandas_and_nothing_heavy():
    heavy = ["matplotlib", "seaborn", "statsmodels", "scipy", "papermill", "nbformat", "yaml", "click", "IPython"]
    code = f"import sys, hanyang_data; print([m for m in {heavy!r} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
