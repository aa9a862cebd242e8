"""Targets of several regions beside one another."""

import pandas as pd
import pytest

import hanyang_data as hd
from hanyang_data.errors import UnknownIdError
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall import ladder as steps
from hanyang_data.studies.target_shortfall.evidence import shortfall_of


def scope(region="hanyang", indicator="gdp", **options):
    return Scope(region, indicator, 2017, 2024, **{"vintage": "first"} | options)


def test_who_set_the_bar_higher_and_who_missed_by_more():
    found = steps.target_ladder(scope(), ["wuhan", "hanyang", "wuhan"])
    assert list(found.studies) == ["hanyang", "wuhan"]
    assert found.table["highest"].to_dict() == {
        2019: "wuhan", 2020: "wuhan", 2021: "hanyang wuhan", 2023: "hanyang wuhan", 2024: "hanyang wuhan",
    }  # fmt: skip
    assert found.table.loc[2020, ["error_hanyang", "error_wuhan", "missed_most"]].tolist() == [-15.0, -12.2, "hanyang"]
    assert found.table.loc[2023, "missed_most"] == "hanyang wuhan"  # both 0.5 short on estimates of the same kind
    assert steps.ladder_title(scope(), found).en == (
        "Hanyang never set a higher GDP target than Wuhan (5 years with both, 3 the same); the wording differs for 2023"
    )


def test_the_ladder_judges_what_the_notebook_judges():
    """Wuchang 2021 is judged by its first 14.5 in both, and both it and Wuhan (12 and more, target 10) met their targets."""
    found = steps.target_ladder(scope("wuhan"), ["wuchang"])
    alone = shortfall_of(scope("wuchang")).against_original
    assert found.table.at[2021, "error_wuchang"] == alone.table.at[2021, "error_pp"] == 7.5
    assert found.table.loc[2021, ["short_wuchang", "short_wuhan"]].tolist() == [0, 0]


def test_a_range_is_not_the_same_as_its_lower_end():
    """Of 2020 Wuchang set 7.5, Wuhan 7.5 to 7.8; of 2023 Wuchang 6.5, Wuhan 6.5 and more."""
    made = hd.target_shortfall("gdp", "wuchang")
    assert made.ladder["highest"].loc[[2020, 2023]].tolist() == ["wuhan", "wuchang wuhan"]
    assert made.chart("ladder").caption.title == (
        "Wuchang never set a higher GDP target than Wuhan (5 years with both, 1 the same); the wording differs for 2023"
    )
    alone = hd.target_shortfall("gdp", "wuchang", start_year=2020, end_year=2020).answer("zh")
    assert "其2020年地区生产总值增速目标低于武汉市。" in alone.sentences


@pytest.mark.parametrize(
    ("city", "district", "en", "zh", "cell"),
    [
        ("7.5%左右", "7.5%", "; the wording differs.", "相同（表述不同）。", "level, worded differently"),
        ("7.5%以上", "7.5%左右", "; the wording differs.", "相同（表述不同）。", "level, worded differently"),
        ("7.5%左右", "7.5%左右", " for 2021.", "与武汉市相同。", "level"),
    ],
)
def test_about_a_number_is_the_same_number_in_other_words(city, district, en, zh, cell):
    """The bar is the number to be reached, "about" read strictly; 左右 and 以上 are wordings that the record keeps apart."""
    rows = {"年份": 2021, "地区": ["武汉市", "汉阳区"], "GDP增速（%）": [8, 8], "GDP增速目标（%）": [city, district]}
    data = hd.dataset_from_frame(pd.DataFrame(rows), published_on="2022-03-01", targets_published_on="01-15")
    made = hd.target_shortfall(regions=["wuhan"], start_year=2021, end_year=2021, dataset=data)
    assert made.chart("ladder").caption.title.endswith(en.rstrip("."))
    assert (made.ladder.loc[2021, "highest"], made.table("ladder").iloc[0]["Higher bar"]) == ("hanyang wuhan", cell)
    assert [any(said.endswith(end) for said in made.answer(of).sentences) for of, end in (("en", en), ("zh", zh))] == [True, True]


def test_the_ladder_reads_the_same_from_the_other_side():
    here = steps.target_ladder(scope(), ["wuhan"]).table
    there = steps.target_ladder(scope("wuhan"), ["hanyang"]).table
    assert here["error_wuhan"].equals(there["error_wuhan"])
    assert [set(ids.split()) for ids in here["highest"]] == [set(ids.split()) for ids in there["highest"]]


def test_of_prices_the_lower_ceiling_is_the_higher_bar():
    found = steps.target_ladder(scope(indicator="consumer_prices"), ["wuhan"])
    for _, row in found.table.iterrows():
        lower = min(("hanyang", "wuhan"), key=lambda region: row[f"bar_{region}"])
        assert lower in row["highest"].split()


def test_a_region_without_a_partner_has_an_empty_ladder():
    alone = steps.target_ladder(scope(), [])
    assert alone.table.empty
    assert steps.ladder_title(scope(), alone).en.startswith("No other region stands beside Hanyang")
    study = hd.target_shortfall(regions=[])
    assert study.plot("ladder") == "No other region stands beside Hanyang for GDP targets."  # and no figure without a mark
    assert study.plot("ladder", lang="zh") == "没有与汉阳区对照的地区生产总值目标。"
    with pytest.raises(UnknownIdError):
        steps.target_ladder(scope(), ["wuhn"])
