"""What a trend says of years beside those it tells: other concepts, bounds, a narrow window, names inside a sentence."""

import pandas as pd
import pytest

import hanyang_data as hd


@pytest.mark.parametrize(
    ("indicator", "finding", "basis"),
    [
        ("exhibitions_held", "exhibitions held stood at 27 in 2020", "From 2020 on the basis is another (all kinds"),
        ("new_high_tech_firms", "new high-tech firms stood at 50 in 2023", "From 2023 on the basis is another (new firms, no"),
    ],
)
def test_two_concepts_are_not_one_series(indicator, finding, basis):
    """35 large exhibitions in 2017 and 27 of all kinds in 2020; 58 firms net in 2020 and 50 new ones in 2023."""
    study = hd.trend(indicator)
    assert study.answer("en").finding == f"Hanyang's {finding}"
    assert basis in str(study.answer("en"))
    assert study.implied.empty


def test_a_number_in_doubt_implies_none_and_is_told():
    """286 firms are taken for 2022, as the text names no year."""
    study = hd.trend("high_tech_firms")
    assert study.answer("en").sentences[0] == "The number for 2022 is in doubt."
    assert study.answer("zh").sentences[0] == "2022年数存疑。"
    assert study.implied.empty


def test_levels_on_a_base_that_was_dropped_stand_beside_no_growth():
    """Wuhan's new jobs: 29.26 in 2023 is 1.5% more than 28.83, and not less than the 29.97 printed for 2022."""
    study = hd.trend("new_urban_employment", "wuhan", start_year=2020)
    assert "The level was 292,600 people in 2023 and 298,000 people in 2024." in study.answer("en").sentences
    assert "2023 (restated base): the published rate is on a comparable basis" in study.chart("growth_and_level").caption.note


def test_a_bound_that_may_be_the_highest_is_named_among_them():
    """Retail sales of 2018, 10% and more, beside 10.5% in 2021: six years, and either may be the highest."""
    study = hd.trend("retail_sales", "wuhan", end_year=2025)
    told = "lay between −20.9% (2020) and 10.5% (2021) or at least 10% (2018) in the 6 years on record"
    assert study.answer("en").finding == f"Growth of Wuhan's retail sales {told}"
    assert study.answer("zh").finding.endswith("有数据的6年中，增速最低−20.9%（2020年），最高10.5%（2021年）或10%以上（2018年）")
    investment = hd.trend("fixed_asset_investment", "wuhan", vintage="first")
    assert 'There is only "at least 12%" for 2021.' in investment.answer("en").sentences
    assert "2021年仅有“12%以上”。" in investment.answer("zh").sentences


def test_the_only_year_is_the_only_one_of_the_window():
    one_year = {"start_year": 2023, "end_year": 2023}
    assert hd.trend("gdp", "wuhan", **one_year).answer("en").finding == "Wuhan's GDP grew 5.7% in 2023"
    assert hd.trend("high_tech_firms", **one_year).answer("zh").finding == "汉阳区高新技术企业总数2023年为340个"
    jiangxia = hd.trend("budget_revenue", "jiangxia", start_year=2020)
    assert jiangxia.answer("en").finding.endswith("in 2022, the only year of 2020–2024 with a number")
    services = hd.trend("services_value_added", "wuhan", vintage="first").answer("en")
    assert services.finding.endswith("in 2023, the only year of 2017–2024 with a number")
    assert 'Of growth there is only "at least 6%" for 2023.' in services.sentences


def test_names_read_as_names_inside_a_sentence():
    assert hd.trend("gdp_nominal", "jiangan").answer("en").finding.startswith("Jiang'an's GDP at current prices grew 19%")
    assert hd.trend("gdp_nominal", "jiangan").answer("zh").finding.startswith("江岸区地区生产总值（现价）2021年增长19%")
    assert hd.load("GDP, nominal growth", "jiangan").attrs["indicator"] == "gdp_nominal"  # as it was called before
    assert "Hanyang's share of the city's industry" in hd.trend("industry_share_of_city").answer("en").finding
    both = hd.growth_gap("gdp", "hongshan", "wuchang").answer("en").sentences
    assert "In 2021 Hongshan grew more slowly than Wuchang on both indicators compared (secondary page)." in both


def own_table(head, indicator, values, start=2017):
    """A trend of one row of figures of a city of one's own."""
    frame = pd.DataFrame({"年份": range(start, start + len(values)), head: values})
    names = {"region": "示例市", "regions": {"示例市": "demo"}, "indicators": {head: indicator}}
    return hd.trend(indicator.partition(",")[0], "demo", end_year=start + 7, dataset=hd.dataset_from_frame(frame, **names))


SHARE, RATE = ("第三产业占比（%）", "tertiary_share"), ("城镇调查失业率（%）", "surveyed_unemployment_rate")
FIRMS, GROWTH, PRICES = ("企业数（家）", "firms, firms"), ("GDP增速（%）", "gdp"), ("居民消费价格涨幅（%）", "consumer_prices")
CUT = ("单位GDP能耗下降率（%）", "energy_intensity")
RISING, OPEN = [1, 1.2, 1.4, 1.5, 1.8, 2, 2.2, 2.5], [5, 5.2, 5.1, 5.9, 5.3, 5.5, 5.2, 5.1]


@pytest.mark.parametrize(
    ("head", "values", "told", "chinese"),
    [
        (SHARE, range(50, 58), "The yearly figures have risen (n = 8).", "各年数值呈上升趋势（n=8）。"),
        (RATE, OPEN, "No trend up or down can be told (n = 8).", "看不出升降趋势（n=8）。"),
        (
            FIRMS,
            [0, 3, 4, 6, 7, 8, 9, 12],
            "As some years stand at zero or below, no average is taken; the yearly figures have risen (n = 8).",
            "因部分年份为零或为负，不计算年均增速；各年数值呈上升趋势（n=8）。",
        ),
        (GROWTH, range(-1, -9, -1), "The decline has deepened (n = 8).", "降幅呈扩大趋势（n=8）。"),
        (GROWTH, range(-8, 0), "The decline has eased (n = 8).", "降幅呈收窄趋势（n=8）。"),
        (PRICES, RISING, "The yearly figures have risen (n = 8).", "各年数值呈上升趋势（n=8）。"),
        (GROWTH, RISING, "Growth has quickened (n = 8).", "增速呈加快趋势（n=8）。"),
        (GROWTH, [9, 8, 7, -4, 6, 3, 2, 1], "Growth has slowed (n = 8).", "增速呈放缓趋势（n=8）。"),
        (
            GROWTH,
            [5, 4, None, 3, 2, 1, 0.5, 0.2],
            "As some years lack a number, no average is taken; growth has slowed (n = 7).",
            "因部分年份没有具体数值，不计算年均增速；增速呈放缓趋势（n=7）。",
        ),
    ],
)
def test_what_moved_is_what_was_tested(head, values, told, chinese):
    """Of a share or a level with a zero the level is tested; a decline that deepens is no slower growth."""
    study = own_table(*head, values)
    assert told in study.answer("en").sentences
    assert chinese in study.answer("zh").sentences


@pytest.mark.parametrize(
    ("head", "values", "finding", "chinese"),
    [
        (PRICES, RISING, "Demo's consumer prices rose 1.7% a year on average in 2017–2024", "居民消费价格年均上涨1.7%"),
        (GROWTH, [0] * 8, "Demo's GDP hardly changed on average in 2017–2024 (0.0% a year)", "总体持平（年均0.0%）"),
        (FIRMS, [3] * 4, "Demo's firms stood at 3 in 2017 and again at 3 in 2020", "企业数2017年为3个，2020年仍为3个"),
        (CUT, [2.5, 3, 2, 3.1, 2.2], "Demo's cut in energy use per unit of GDP averaged 2.6% a year in 2017–2021", "年均为2.6%"),
        (GROWTH, [-3, -2, -1, -2, -3], "Demo's GDP fell 2.2% a year on average in 2017–2021", "地区生产总值年均下降2.2%"),
    ],
)
def test_an_average_is_told_as_the_single_years_are(head, values, finding, chinese):
    study = own_table(*head, values)
    assert study.answer("en").finding == finding
    assert study.answer("zh").finding.endswith(chinese)


def test_seven_firms_are_seven():
    """Growth of a count is open by the rounding of its levels, and a whole count has none below 10,000."""
    few, many = own_table(*FIRMS, [2, 3, 6, 7]), own_table(*FIRMS, [14500, 15500])
    assert "16.7% in 2020." in str(few.answer("en"))
    assert few.implied.loc[2020, ["low", "high"]].astype(float).round(2).tolist() == [16.67, 16.67]
    assert many.implied.loc[2018, ["low", "high"]].astype(float).round(2).tolist() == [6.19, 7.61]  # 1.45万, 1.55万


def test_all_years_of_the_lowest_rate_are_named_and_none_where_all_are_alike():
    ties = own_table(*GROWTH, [5, 3, 3, 5, 4, 4]).answer("en").sentences
    assert ties[0] == "The lowest rate was 3% in 2018–2019, the highest 5% in 2017 and 2020."
    assert "lowest" not in str(own_table(*GROWTH, [0] * 8).answer("en"))
