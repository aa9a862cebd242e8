"""What the growth gap study, its figures and its tables are called: in menus, and in a report."""

from __future__ import annotations

from hanyang_data.studies.study import Part
from hanyang_data.words.wording import Text

LABEL = Text("Growth gap", "增速差距")
SECTION = Text(
    "Growth gap: {indicator}, {region} against {comparator}, {start}–{end}",
    "增速差距：{region}与{comparator}{indicator}，{start}–{end}年",
)
FIGURES = {
    "share_of_city": Part(Text("Share of the city", "占全市比重")),
    "by_year": Part(Text("Year by year", "逐年差距")),
    "cumulative": Part(Text("Chained", "累计差距")),
    "by_indicator": Part(Text("Several indicators, one year", "一年多项指标")),
    "by_sector": Part(Text("By sector", "分产业")),
}
TABLES = {
    "share_of_city": Part(
        Text("Share of the city", "占全市比重"),
        Text("{region} in % of {comparator}, levels at current prices", "{region}占{comparator}的比重（现价总量）"),
        Text("Shares of printed levels; no deflator enters.", "按公布总量计算，不涉及价格缩减。"),
    ),
    "per_head": Part(
        Text("GDP per head", "人均地区生产总值"),
        Text("GDP per head, {region} and {comparator}", "人均地区生产总值：{region}与{comparator}"),
        Text(
            "GDP at current prices over permanent population, as printed; an own calculation.",
            "现价地区生产总值除以常住人口，按公布数计算，为推算。",
        ),
    ),
    "by_year": Part(
        Text("Year by year", "逐年差距"),
        Text("{indicator} growth of {region} and {comparator}", "{region}与{comparator}{indicator}增速"),
        Text(
            "Gap is {region} minus {comparator}; up to 0.1 points is within rounding. An own calculation.",
            "差距为{region}减{comparator}，0.1个百分点以内属四舍五入误差，为推算。",
        ),
    ),
    "shares": Part(
        Text("The district inside the city", "区在全市中的份额"),
        Text("{indicator}: {region} inside {comparator}", "{indicator}：{region}在{comparator}中的比重与拉动"),
        Text("Shares are nominal while growth is real.", "比重按现价，增速按可比价。"),
    ),
    "by_indicator": Part(
        Text("Several indicators, one year", "一年多项指标"),
        Text("{region} and {comparator} in one year, by indicator", "{region}与{comparator}同年各项指标增速"),
        Text("Differences and contributions are own calculations.", "差额与拉动为推算。"),
    ),
    "by_region": Part(
        Text("Several districts", "各区比较"),
        Text(
            "{indicator}: gap of each region to {comparator}, by year",
            "{indicator}：各地区与{comparator}的增速差距，分年份",
        ),
        Text("A word in place of a number says why there is no gap.", "以文字代替数字处，说明无差距的原因。"),
        unit=Text("percentage points", "百分点"),
    ),
    "by_region_and_indicator": Part(
        Text("Districts and indicators", "各区各指标"),
        Text(
            "Gap of each region to {comparator} in one year, by indicator", "各地区与{comparator}同年增速差距，分指标"
        ),
        Text("A word in place of a number says why there is no gap.", "以文字代替数字处，说明无差距的原因。"),
        unit=Text("percentage points", "百分点"),
    ),
    "by_sector": Part(
        Text("By sector", "分产业"),
        Text("Contribution of the sectors to growth of GDP", "各产业对地区生产总值增长的拉动"),
        Text(
            "A contribution is the share of the year before times growth; the residual stands by itself.",
            "拉动为上年比重乘以增速，残差单列。",
        ),
    ),
}
