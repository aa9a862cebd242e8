"""What the trend study, its figures and its tables are called: in menus, and in a report."""

from __future__ import annotations

from hanyang_data.studies.study import Part
from hanyang_data.words.wording import Text

LABEL = Text("Trend", "趋势")
SECTION = Text("Trend: {indicator}, {region}, {start}–{end}", "趋势：{region}{indicator}，{start}–{end}年")
FIGURES = {
    "growth_and_level": Part(Text("Growth and level", "增速与总量"), beside="figures_on_record"),
}
TABLES = {
    "statistics": Part(
        Text("What may be computed", "可计算的统计量"),
        Text("What {indicator} of {region} allows to be computed", "{region}{indicator}可计算的统计量"),
        Text("n counts comparable observations of one stretch between breaks.", "n为断点之间可比观测值的个数。"),
    ),
    "with_and_without_2020": Part(
        Text("With and without 2020", "含与不含2020年"),
        Text("Growth of {indicator} of {region} with and without 2020", "{region}{indicator}增速：计入与不计2020年"),
    ),
    "figures_on_record": Part(
        Text("Every figure on record", "全部数据"),
        Text("{indicator} of {region}: figures on record", "{region}{indicator}：记录所载数值"),
        Text(
            "Growth is real, levels are at current prices. A dagger marks a corrected or doubtful figure.",
            "增速按可比价，总量按现价。†表示已更正或存疑。",
        ),
    ),
    "refused": Part(
        Text("What is refused, and why", "不予计算者及原因"),
        Text("Methods that the number of observations does not carry", "观测数不足以采用的方法"),
    ),
}
