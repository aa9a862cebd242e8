"""What somebody who met a title, an answer or a frame for the first time took for something else."""

import hanyang_data as hd
from hanyang_data.studies.growth_gap import findings
from hanyang_data.studies.scope import Scope


def test_a_direction_is_that_of_shares_like_for_like():
    """Wuchang's 2019 is an estimate over Wuhan's measured figure: 8.94, which 9.56, 9.39 and 9.21 do not rise from."""
    found = hd.growth_gap("gdp", "wuchang")
    caption = found.chart("share_of_city").caption
    title = "Wuchang's share of Wuhan's GDP fell from 9.56% in 2020 to 9.21% in 2022"
    assert caption.title == title
    assert "\N{MINUS SIGN}0.35" in caption.alt
    assert "\N{MINUS SIGN}0.32" not in caption.alt  # of budget revenue: 2024 is an estimate
    sales = findings.share(Scope("wuchang", "retail_sales", 2017, 2024, comparator="wuhan"), found.share_of_city)
    assert sales.en == title  # the one indicator with two years like for like is named
    title = "Hanyang's share of Wuhan's GDP was 4.48% in 2020 and 4.30% in 2023, not like for like"  # 2023 is an estimate
    assert hd.growth_gap().chart("share_of_city").caption.title == title


def test_what_was_printed_twice_unchanged_was_not_printed_only_once():
    """6.0 for 2023 stands in the plan report and again in the work report."""
    audit = hd.data_audit()
    assert audit.readings.loc[2023, "source_id"].tolist() == ["hanyang_plan_2023_2024", "hanyang_gwr_2024"]
    title = "Hanyang's GDP growth was never revised (2023 printed again unchanged)"
    assert audit.chart("vintages").caption.title == title
    assert "printed only once" in hd.data_audit(indicator="industrial_value_added").chart("vintages").caption.title


def test_what_is_late_contradicts_nothing():
    """Of 25 discrepancies 11 are targets known late and 8 vintages published out of order."""
    audit = hd.data_audit("wuchang", "hanyang", "budget_revenue")
    assert audit.discrepancies["check"].isin(["target_after_its_year", "vintage_out_of_order"]).sum() == 19
    assert "On 12 of all 748 printed figures sources differ; 6 contradict others." in str(audit.answer())
    assert "748个公布数中12个各来源数值不一致，6个与其他数据矛盾。" in str(audit.answer("zh"))


def test_a_bound_is_printed_and_is_no_number():
    """GDP and budget revenue of 2018 were printed as "over 1,000" and "over 100"."""
    audit = hd.data_audit()
    assert audit.coverage.loc[["gdp", "budget_revenue"], 2018].eq("bounded").all()
    assert audit.answer().finding == "37 of 216 yearly figures for Hanyang are known as numbers, none for 2018–2019 and 2024"
