"""What the data audit study, its figures and its tables are called: in menus, and in a report."""

from __future__ import annotations

from hanyang_data.studies.study import Part
from hanyang_data.words.wording import Text

LABEL = Text("Data audit", "数据核查")
SECTION = Text(
    "Data audit: {region} and {comparator}, {start}–{end}", "数据核查：{region}与{comparator}，{start}–{end}年"
)
FIGURES = {
    "coverage": Part(Text("What is known of the region", "地区数据覆盖")),
    "coverage_comparator": Part(Text("What is known of the comparator", "对照地区数据覆盖")),
    "vintages_comparator": Part(Text("Readings, comparator", "对照地区历次公布值")),
    "vintages": Part(Text("Readings, region", "本地区历次公布值")),
}
TABLES = {
    "coverage": Part(
        Text("What is known of the region", "地区数据覆盖"),
        Text("{region}: the most advanced reading of each year", "{region}：各年最成熟的数据版本"),
        Text("Growth or level, whichever is more advanced.", "增速与总量中取较成熟者。"),
    ),
    "coverage_comparator": Part(
        Text("What is known of the comparator", "对照地区数据覆盖"),
        Text("{comparator}: the most advanced reading of each year", "{comparator}：各年最成熟的数据版本"),
        Text("Growth or level, whichever is more advanced.", "增速与总量中取较成熟者。"),
    ),
    "not_known": Part(
        Text("What is not known", "未知者"),
        Text("{region}: years without an outturn", "{region}：没有完成数的年份"),
    ),
    "readings": Part(
        Text("Every published reading", "历次公布值"),
        Text("{indicator}: every published reading", "{indicator}：历次公布数"),
        Text("Taken: the reading that series use.", "采用：序列所取的版本。"),
    ),
    "triangle": Part(
        Text("By day of publication", "按公布日期"),
        Text("{indicator} by day of publication", "{indicator}：按公布日期"),
        Text("A row holds what was printed on one day.", "每行为同一日期公布的各年数值。"),
    ),
    "revisions": Part(
        Text("Revisions", "修订"),
        Text("Revisions of all indicators, {region} and {comparator}", "各项指标的修订：{region}与{comparator}"),
        Text(
            "Revision is latest minus first reading: percentage points for growth, percent for levels.",
            "修订为最新数减首次数：增速以百分点计，总量以百分比计。",
        ),
    ),
    "estimates": Part(
        Text("What became of estimates", "预计数的后续修订"),
        Text("What became of December estimates", "年末预计数与后来的核算数"),
        Text(
            "All regions on record. Revision is latest minus first reading: points for growth, percent for levels.",
            "取自全部地区。修订为最新数减首次数：增速以百分点计，总量以百分比计。",
        ),
    ),
    "conflicts": Part(
        Text("Where sources differ", "来源不一致者"),
        Text("Where sources differ", "来源不一致之处"),
        Text("The first value is the one taken.", "第一个数值为所采用者。"),
    ),
    "breaks": Part(
        Text("Breaks", "口径中断"),
        Text("Breaks, {region} and {comparator}", "断点：{region}与{comparator}"),
    ),
    "corrections": Part(
        Text("Corrections", "更正"),
        Text("Corrections of printed figures", "对公布数的更正"),
    ),
    "discrepancies": Part(
        Text("Figures that do not fit", "不相符的数据"),
        Text("Figures that do not fit", "不相吻合的数据"),
    ),
    "sums": Part(
        Text("Districts and their city", "各区合计与全市"),
        Text("Districts added up, and their city", "各区合计与全市"),
        Text(
            "Each district with its latest reading; a bound counts with its number.",
            "各区取最新数；界限值按其数字计入。",
        ),
    ),
    "reject_reasons": Part(
        Text("Not taken in: reasons", "未收录原因"),
        Text("Found and not taken in: reasons", "已发现而未采用：原因"),
        unit=Text("number of printed figures", "条"),
    ),
    "rejects": Part(
        Text("Not taken in, one by one", "未收录数据"),
        Text("Found and not taken in: one by one", "已发现而未采用：逐条"),
    ),
    "implied_bases": Part(
        Text("Computed, not printed", "推算值"),
        Text("Values implied by a level and its growth", "由总量与增速推算的数值"),
        Text("Computed here and printed by no source.", "为推算，任何来源均未公布。"),
    ),
    "rows_by_region": Part(
        Text("Rows by region", "各地区条数"),
        Text("Printed figures on record, by region", "记录条数，分地区"),
        Text(
            "Official: published by the body itself; reprint: an official text carried by others; secondary: neither.",
            "官方：发布机构自行公布；转载：他处转载的官方文本；二手：两者皆非。",
        ),
        unit=Text("number of printed figures", "条"),
    ),
    "rows_by_indicator": Part(
        Text("Rows by indicator", "各指标条数"),
        Text("Printed figures on record, by indicator", "记录条数，分指标"),
        Text(
            "Official: published by the body itself; reprint: an official text carried by others; secondary: neither.",
            "官方：发布机构自行公布；转载：他处转载的官方文本；二手：两者皆非。",
        ),
        unit=Text("number of printed figures", "条"),
    ),
    "sources": Part(
        Text("Sources", "来源"),
        Text("The texts behind {region} and {comparator}, by date", "{region}与{comparator}的资料，按日期"),
    ),
}
