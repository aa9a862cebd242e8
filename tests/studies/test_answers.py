"""What every answer keeps to, whatever is asked: all indicators, the district, its city and two more regions, both languages."""

import re

import pytest

import hanyang_data as hd
from hanyang_data.errors import HanyangError
from hanyang_data.studies.results import CHARACTERS, WORDS

INDICATORS = list(dict.fromkeys(hd.catalog()["indicator"]))
REGIONS = ["hanyang", "wuhan", "wuchang", "hongshan"]
ASKED = {
    "trend": lambda region, indicator: hd.trend(indicator, region),
    "growth_gap": lambda region, indicator: hd.growth_gap(indicator, region, "hanyang" if region == "wuhan" else "wuhan"),
    "target_shortfall": lambda region, indicator: hd.target_shortfall(indicator, region),
    "target_shortfall of levels": lambda region, indicator: hd.target_shortfall(indicator, region, measure="level"),
    "data_audit": lambda region, indicator: hd.data_audit(region, "hanyang" if region == "wuhan" else "wuhan", indicator),
    "convergence": lambda region, indicator: hd.convergence(indicator, region),
}
NOT_SAID = re.compile(r"\bNone\b(?! of)|\bnan\b|NaN|[{}|]|  |\.\.|。。|，，|, ,|\(\)|（）| [,.;:]|[;；,，][.。]")
WRONG_COUNT = re.compile(
    r"\b(?:none of|all|0 of) 1\b|\b0 (?:of|in)\b|\b1 (?:years|indicators|targets|districts|figures|more years)\b"
)
# 0年 and 1项…均 are no Chinese; an amount has its sign once
WRONG_CHINESE = re.compile(r"(?<![\d.,])0[年项个]|(?<![\d年])1项[^，。\n]*均|总额总量|总数总量|(?<!最)[高低]−|[A-Za-z]{2,}")
FOREIGN = re.compile(r"GDP|FDI|p=|n=")
AMOUNT = re.compile(r"[−+]?\d[\d,.]*(?: pp|%| billion| million| people)")
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def answers(study, region):
    """Indicator → its answer in both languages, where the record has anything on it."""
    for indicator in INDICATORS:
        try:
            made = ASKED[study](region, indicator)
        except HanyangError:
            continue
        yield made, made.answer("en"), made.answer("zh")


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("study", ASKED)
def test_an_answer_is_read_in_ten_seconds(study, region):
    for made, en, zh in answers(study, region):
        where = (study, region, made.scope.indicator, str(en), str(zh))
        assert len(str(en).split()) <= WORDS, where
        assert len(re.sub(r"\s", "", str(zh))) <= CHARACTERS, where
        assert len(en.sentences) == len(zh.sentences) <= 3, where
        assert en.finding[-1] not in ".;,", where
        assert zh.finding[-1] not in "。；，", where
        assert all(text.endswith(".") and text[0] == text[0].upper() for text in en.sentences), where
        assert all(text.endswith("。") for text in zh.sentences), where
        assert not NOT_SAID.search(f"{en} {zh}".replace("\n\n", " ")), where
        assert not WRONG_COUNT.search(str(en)), where
        assert not re.search(r"[\u4e00-\u9fff]", str(en)), where
        assert not WRONG_CHINESE.search(FOREIGN.sub("", str(zh))), where
        said = set(AMOUNT.findall(en.finding))
        assert not said & set(AMOUNT.findall(" ".join(en.sentences))), ("a number twice", where)
        if study in ("trend", "growth_gap"):  # years in the order in which they were
            years = YEAR.findall(re.sub(r"\(\d{4}\)|(of|in) \d{4}–\d{4}", "", en.finding))
            assert years == sorted(years), where
            assert (YEAR.findall(zh.finding) == YEAR.findall(en.finding)) or len(years) < 3, where


@pytest.mark.parametrize(
    ("study", "figure"),
    [(hd.trend, "growth_and_level"), (hd.growth_gap, "by_year"), (hd.target_shortfall, "by_year"),
     (hd.data_audit, "coverage"), (hd.convergence, "scatter")],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_figure_has_the_finding_for_its_title(study, figure, lang):
    made = study(lang=lang)
    title, finding = made.chart(figure).caption.title, made.answer().finding
    if study is hd.target_shortfall:  # which goes on with what became of all targets of the latest year
        assert finding.startswith(f"{title}；" if lang == "zh" else f"{title}; ")
    else:
        assert title == finding


def test_the_finding_tells_the_latest_year_too_not_the_misses_alone():
    """Hanyang 2023: investment +13.6, retail sales +1.5, revenue +1.6; GDP −0.5, value added −3.0."""
    answer = hd.target_shortfall("gdp", "hanyang", focus_year=2020).answer()
    assert answer.finding.endswith("; it met 3 of its 5 assessable growth targets for 2023")
    assert any("none of its 5 assessable growth targets for 2020" in text for text in answer.sentences)
    again = hd.target_shortfall("gdp", "hanyang", focus_year=2023, lang="zh").answer()
    assert "2023年其5项可评估增速目标完成3项" in again.finding
    assert not any("完成3项" in text for text in again.sentences)
    of_levels = str(hd.target_shortfall("gdp", measure="level").answer("zh"))  # which speaks of no growth, but of 总量
    assert of_levels.startswith("汉阳区地区生产总值总量2018年达到目标")
    assert "增速" not in of_levels
    in_chinese = hd.target_shortfall("gdp", "hanyang", focus_year=2020, lang="zh").answer()  # that on employment was met
    assert any("市级下达的5项绩效目标均未完成" in text for text in in_chinese.sentences)


def test_a_cut_is_not_called_a_rise():
    told = hd.trend("energy_intensity", "wuhan_etdz")
    assert "cut in energy use per unit of GDP stood at 2.3% in 2021, the only year of 2017–2024" in told.answer("en").finding
    assert told.answer("zh").finding.endswith("单位生产总值能耗下降率2021年为2.3%，2017—2024年仅此一年有数值")


def test_an_implied_gap_says_which_side_is_lower():
    assert "Implied for 2020: Jiangxia 3.7 to 10.9 pp lower (nominal coverage 86%" in str(
        hd.growth_gap("gdp", "jiangxia").answer("en")
    )
    assert "推算2022年黄陂区在低3.1至高5.9个百分点之间" in str(hd.growth_gap("gdp", "huangpi").answer("zh"))


def test_vintages_of_one_year_are_told_in_a_sentence():
    note = hd.growth_gap("gdp", "hanyang", lang="zh").chart("by_sector").caption.said
    assert "完成数版本不一，包括预计数、初步数。" in note


def test_an_average_that_was_printed_is_arithmetic_and_of_money_nominal():
    """Its interval stands in the table of statistics, not in the answer; 860 over 699 in three years, beside 6% in real terms."""
    assert "95%" not in str(hd.trend("gdp", "wuhan").answer("zh"))
    assert hd.trend("gdp", "wuhan").statistics["low"].notna().any()
    said = hd.trend("gdp", lang="zh").table("statistics")
    assert said["统计量"].tolist() == ["首末两年总量的名义年均增速（%）"]
    assert "nominal" not in hd.trend("new_urban_employment").statistics["statistic"].str.cat()
