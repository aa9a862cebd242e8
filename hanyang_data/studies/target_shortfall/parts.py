"""What the target shortfall study, its figures and its tables are called: in menus, and in a report."""

from __future__ import annotations

from hanyang_data.studies.study import Part
from hanyang_data.words.wording import Text

LABEL = Text("Target shortfall", "目标完成")
SECTION = Text(
    "Target shortfall: {indicator}, {region}, {start}–{end}", "目标完成：{region}{indicator}，{start}–{end}年"
)
FIGURES = {
    "by_indicator": Part(Text("Several indicators, one year", "一年多项指标")),
    "by_year": Part(Text("Year by year", "逐年")),
    "grid": Part(Text("All indicators, all years", "各项指标各年")),
    "ladder": Part(Text("Ladder of regions", "各地目标阶梯")),
    "plan": Part(Text("Five-year plan", "五年规划")),
}
TABLES = {
    "by_indicator": Part(
        Text("Several indicators, one year", "一年多项指标"),
        Text("{region}: targets and outturns in one year, by indicator", "{region}：同年各项指标的目标与完成数"),
        Text(
            'Shortfall is outturn minus target; positive is better than the target. "About" is read as 0, 0.25 '
            "and 0.5.",
            "差额为完成数减目标，正值优于目标。“左右”分别按0、0.25和0.5理解。",
        ),
    ),
    "all_targets": Part(
        Text("Every target of the year", "当年全部目标"),
        Text("{region}: every target of one year on record", "{region}：同年有记录的全部目标"),
        Text(
            'Shortfall is outturn minus target; positive is better than the target. "About" is read as 0, 0.25 '
            "and 0.5.",
            "差额为完成数减目标，正值优于目标。“左右”分别按0、0.25和0.5理解。",
        ),
    ),
    "by_year": Part(
        Text("Year by year", "逐年"),
        Text("{indicator} of {region}: targets and outturns, by year", "{region}{indicator}：历年目标与完成数"),
        Text(
            'Shortfall is outturn minus target; positive is better than the target. "About" is read as 0, 0.25 '
            "and 0.5.",
            "差额为完成数减目标，正值优于目标。“左右”分别按0、0.25和0.5理解。",
        ),
    ),
    "not_evaluable": Part(
        Text("What cannot be judged", "无法评估者"),
        Text("{region}: what cannot be judged, and why", "{region}：无法评估的年份与原因"),
        Text("Targets and outturns as worded.", "目标与完成数按原文表述。"),
    ),
    "ladder": Part(
        Text("Ladder of regions", "各地目标阶梯"),
        Text("{indicator}: targets of {region} beside those of others", "{indicator}：{region}与其他地区的目标"),
        Text("Targets and outturns as worded.", "目标与完成数按原文表述。"),
    ),
    "plan": Part(
        Text("Five-year plan", "五年规划"),
        Text(
            "{indicator} of {region}: what the five-year plan still needs", "{region}{indicator}：五年规划目标所需增速"
        ),
        Text(
            "Needed growth is nominal; real growth rests on the assumed rise of prices. An own calculation.",
            "所需增速为名义增速，实际增速取决于假定的价格涨幅，为推算。",
        ),
    ),
}
