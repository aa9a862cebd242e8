"""What the tables of the notebooks are called in a report: title, note, and the unit of columns whose head names none."""

from __future__ import annotations

from typing import NamedTuple

from hanyang_data.wording import Text


class About(NamedTuple):
    """The words of one table; {region}, {comparator}, {indicator}, {start} and {end} are filled in from the run."""

    title: Text
    note: Text = Text("", "")
    unit: Text = Text("", "")


PP = Text("percentage points", "百分点")
COUNTS = Text("number of printed figures", "条")
OWN = Text("Differences and contributions are own calculations.", "差额与拉动为推算。")
SHORTFALL = Text(
    'Shortfall is outturn minus target; positive is better than the target. "About" is read as 0, 0.25 and 0.5.',
    "差额为完成数减目标，正值优于目标。“左右”分别按0、0.25和0.5理解。",
)
AS_WORDED = Text("Targets and outturns as worded.", "目标与完成数按原文表述。")
RELIABILITY = Text(
    "Official: published by the body itself; reprint: an official text carried by others; secondary: neither.",
    "官方：发布机构自行公布；转载：他处转载的官方文本；二手：两者皆非。",
)

SECTIONS = {
    "trend": Text("Trend: {indicator}, {region}, {start}–{end}", "趋势：{region}{indicator}，{start}–{end}年"),
    "growth_gap": Text(
        "Growth gap: {indicator}, {region} against {comparator}, {start}–{end}",
        "增速差距：{region}与{comparator}{indicator}，{start}–{end}年",
    ),
    "target_shortfall": Text(
        "Target shortfall: {indicator}, {region}, {start}–{end}", "目标完成：{region}{indicator}，{start}–{end}年"
    ),
    "data_audit": Text(
        "Data audit: {region} and {comparator}, {start}–{end}", "数据核查：{region}与{comparator}，{start}–{end}年"
    ),
    "summary": Text("Summary of the runs", "各次运行汇总"),
}

TABLES = {
    ("trend", "statistics"): About(
        Text("What {indicator} of {region} allows to be computed", "{region}{indicator}可计算的统计量"),
        Text("n counts comparable observations of one stretch between breaks.", "n为断点之间可比观测值的个数。"),
    ),
    ("trend", "with_and_without_2020"): About(
        Text("Growth of {indicator} of {region} with and without 2020", "{region}{indicator}增速：计入与不计2020年")
    ),
    ("trend", "figures_on_record"): About(
        Text("{indicator} of {region}: figures on record", "{region}{indicator}：记录所载数值"),
        Text("Growth is real, levels are at current prices. A dagger marks a corrected or doubtful figure.",
             "增速按可比价，总量按现价。†表示已更正或存疑。"),
    ),
    ("trend", "refused"): About(
        Text("Methods that the number of observations does not carry", "观测数不足以采用的方法")
    ),
    ("growth_gap", "by_year"): About(
        Text("{indicator} growth of {region} and {comparator}", "{region}与{comparator}{indicator}增速"),
        Text("Gap is {region} minus {comparator}; up to 0.1 points is within rounding. An own calculation.",
             "差距为{region}减{comparator}，0.1个百分点以内属四舍五入误差，为推算。"),
    ),
    ("growth_gap", "share_of_city"): About(
        Text("{region} in % of {comparator}, levels at current prices", "{region}占{comparator}的比重（现价总量）"),
        Text("Shares of printed levels; no deflator enters.", "按公布总量计算，不涉及价格缩减。"),
    ),
    ("growth_gap", "per_head"): About(
        Text("GDP per head, {region} and {comparator}", "人均地区生产总值：{region}与{comparator}"),
        Text("GDP at current prices over permanent population, as printed; an own calculation.",
             "现价地区生产总值除以常住人口，按公布数计算，为推算。"),
    ),
    ("growth_gap", "shares"): About(
        Text("{indicator}: {region} inside {comparator}", "{indicator}：{region}在{comparator}中的比重与拉动"),
        Text("Shares are nominal while growth is real.", "比重按现价，增速按可比价。"),
    ),
    ("growth_gap", "by_indicator"): About(
        Text("{region} and {comparator} in one year, by indicator", "{region}与{comparator}同年各项指标增速"), OWN
    ),
    ("growth_gap", "by_region"): About(
        Text("{indicator}: gap of each region to {comparator}, by year", "{indicator}：各地区与{comparator}的增速差距，分年份"),
        Text("A word in place of a number says why there is no gap.", "以文字代替数字处，说明无差距的原因。"),
        PP,
    ),
    ("growth_gap", "by_region_and_indicator"): About(
        Text("Gap of each region to {comparator} in one year, by indicator", "各地区与{comparator}同年增速差距，分指标"),
        Text("A word in place of a number says why there is no gap.", "以文字代替数字处，说明无差距的原因。"),
        PP,
    ),
    ("growth_gap", "by_sector"): About(
        Text("Contribution of the sectors to growth of GDP", "各产业对地区生产总值增长的拉动"),
        Text("A contribution is the share of the year before times growth; the residual stands by itself.",
             "拉动为上年比重乘以增速，残差单列。"),
    ),
    ("target_shortfall", "by_indicator"): About(
        Text("{region}: targets and outturns in one year, by indicator", "{region}：同年各项指标的目标与完成数"),
        SHORTFALL,
    ),
    ("target_shortfall", "all_targets"): About(
        Text("{region}: every target of one year on record", "{region}：同年有记录的全部目标"), SHORTFALL
    ),
    ("target_shortfall", "by_year"): About(
        Text("{indicator} of {region}: targets and outturns, by year", "{region}{indicator}：历年目标与完成数"), SHORTFALL
    ),
    ("target_shortfall", "not_evaluable"): About(
        Text("{region}: what cannot be judged, and why", "{region}：无法评估的年份与原因"), AS_WORDED
    ),
    ("target_shortfall", "ladder"): About(
        Text("{indicator}: targets of {region} beside those of others", "{indicator}：{region}与其他地区的目标"),
        AS_WORDED,
    ),
    ("target_shortfall", "plan"): About(
        Text("{indicator} of {region}: what the five-year plan still needs", "{region}{indicator}：五年规划目标所需增速"),
        Text("Needed growth is nominal; real growth rests on the assumed rise of prices. An own calculation.",
             "所需增速为名义增速，实际增速取决于假定的价格涨幅，为推算。"),
    ),
    ("data_audit", "coverage"): About(
        Text("{region}: the most advanced reading of each year", "{region}：各年最成熟的数据版本"),
        Text("Growth or level, whichever is more advanced.", "增速与总量中取较成熟者。"),
    ),
    ("data_audit", "coverage_comparator"): About(
        Text("{comparator}: the most advanced reading of each year", "{comparator}：各年最成熟的数据版本"),
        Text("Growth or level, whichever is more advanced.", "增速与总量中取较成熟者。"),
    ),
    ("data_audit", "not_known"): About(Text("{region}: years without an outturn", "{region}：没有完成数的年份")),
    ("data_audit", "readings"): About(
        Text("{indicator}: every published reading", "{indicator}：历次公布数"),
        Text("Taken: the reading that series use.", "采用：序列所取的版本。"),
    ),
    ("data_audit", "revisions"): About(
        Text("Revisions of all indicators, {region} and {comparator}", "各项指标的修订：{region}与{comparator}"),
        Text("Revision is latest minus first reading: percentage points for growth, percent for levels.",
             "修订为最新数减首次数：增速以百分点计，总量以百分比计。"),
    ),
    ("data_audit", "estimates"): About(
        Text("What became of December estimates", "年末预计数与后来的核算数"),
        Text("All regions on record. Revision is latest minus first reading: points for growth, percent for levels.",
             "取自全部地区。修订为最新数减首次数：增速以百分点计，总量以百分比计。"),
    ),
    ("data_audit", "triangle"): About(
        Text("{indicator} by day of publication", "{indicator}：按公布日期"),
        Text("A row holds what was printed on one day.", "每行为同一日期公布的各年数值。"),
    ),
    ("data_audit", "sums"): About(
        Text("Districts added up, and their city", "各区合计与全市"),
        Text("Each district with its latest reading; a bound counts with its number.", "各区取最新数；界限值按其数字计入。"),
    ),
    ("data_audit", "conflicts"): About(
        Text("Where sources differ", "来源不一致之处"),
        Text("The first value is the one taken.", "第一个数值为所采用者。"),
    ),
    ("data_audit", "breaks"): About(Text("Breaks, {region} and {comparator}", "断点：{region}与{comparator}")),
    ("data_audit", "corrections"): About(Text("Corrections of printed figures", "对公布数的更正")),
    ("data_audit", "discrepancies"): About(Text("Figures that do not fit", "不相吻合的数据")),
    ("data_audit", "reject_reasons"): About(
        Text("Found and not taken in: reasons", "已发现而未采用：原因"), unit=COUNTS
    ),
    ("data_audit", "rejects"): About(Text("Found and not taken in: one by one", "已发现而未采用：逐条")),
    ("data_audit", "implied_bases"): About(
        Text("Values implied by a level and its growth", "由总量与增速推算的数值"),
        Text("Computed here and printed by no source.", "为推算，任何来源均未公布。"),
    ),
    ("data_audit", "rows_by_region"): About(
        Text("Printed figures on record, by region", "记录条数，分地区"), RELIABILITY, COUNTS
    ),
    ("data_audit", "rows_by_indicator"): About(
        Text("Printed figures on record, by indicator", "记录条数，分指标"), RELIABILITY, COUNTS
    ),
    ("data_audit", "sources"): About(
        Text("The texts behind {region} and {comparator}, by date", "{region}与{comparator}的资料，按日期")
    ),
    ("summary", "runs"): About(Text("Every finished run", "各次已完成的运行")),
    ("summary", "not_made"): About(Text("What the last sweep could not run", "最近一次批量运行中未完成的运行")),
}  # fmt: skip


def about(notebook: str, table: str) -> About:
    """The words of a table; one that is not listed is called by its own name."""
    plain = table.replace("_", " ")
    return TABLES.get((notebook, table), About(Text(plain[:1].upper() + plain[1:], plain)))


def section(notebook: str) -> Text:
    """The heading of a run; of a notebook that is not listed its own name."""
    plain = notebook.replace("_", " ")
    return SECTIONS.get(notebook, Text(plain[:1].upper() + plain[1:] + ", {start}–{end}", plain + "，{start}–{end}年"))
