"""What the menus and buttons say, in both languages."""

from __future__ import annotations

from hanyang_data.wording import GROWTH, LEVEL, Text

TITLE = Text("Explore", "探索")
LEAD = Text(
    "Choose; figure, answer and table follow. What has no data is not offered.",
    "选定后，图、结论和表随即更新；没有数据的选项不列出。",
)
CONTROLS = {
    "lang": Text("Language", "语言"),
    "analysis": Text("Analysis", "分析"),
    "figure": Text("Figure", "图"),
    "table": Text("Table", "表"),
    "region": Text("Region", "地区"),
    "comparator": Text("Compared with", "对照"),
    "indicator": Text("Indicator", "指标"),
    "measure": Text("Measure", "口径"),
    "start_year": Text("From", "起始年份"),
    "end_year": Text("To", "截止年份"),
    "vintage": Text("Reading", "数据版本"),
    "as_of": Text("As known on", "截至"),
    "regions": Text("Beside it (none chosen: as usual)", "并列地区（不选则为默认）"),
}
MEASURE_NAMES = {"growth": GROWTH, "level": LEVEL}
READING_NAMES = {"first": Text("first published", "首次公布"), "latest": Text("latest", "最新公布")}
TODAY = Text("all that is on record", "全部记录")
FIGURES = {
    ("trend", "growth_and_level"): Text("Growth and level", "增速与总量"),
    ("growth_gap", "share_of_city"): Text("Share of the city", "占全市比重"),
    ("growth_gap", "by_year"): Text("Year by year", "逐年差距"),
    ("growth_gap", "cumulative"): Text("Chained", "累计差距"),
    ("growth_gap", "by_indicator"): Text("Several indicators, one year", "一年多项指标"),
    ("growth_gap", "by_sector"): Text("By sector", "分产业"),
    ("target_shortfall", "by_indicator"): Text("Several indicators, one year", "一年多项指标"),
    ("target_shortfall", "by_year"): Text("Year by year", "逐年"),
    ("target_shortfall", "grid"): Text("All indicators, all years", "各项指标各年"),
    ("target_shortfall", "ladder"): Text("Ladder of regions", "各地目标阶梯"),
    ("target_shortfall", "plan"): Text("Five-year plan", "五年规划"),
    ("data_audit", "coverage"): Text("What is known of the region", "地区数据覆盖"),
    ("data_audit", "coverage_comparator"): Text("What is known of the comparator", "对照地区数据覆盖"),
    ("data_audit", "vintages_comparator"): Text("Readings, comparator", "对照地区历次公布值"),
    ("data_audit", "vintages"): Text("Readings, region", "本地区历次公布值"),
}
TABLES = {
    ("trend", "statistics"): Text("What may be computed", "可计算的统计量"),
    ("trend", "with_and_without_2020"): Text("With and without 2020", "含与不含2020年"),
    ("trend", "figures_on_record"): Text("Every figure on record", "全部数据"),
    ("trend", "refused"): Text("What is refused, and why", "不予计算者及原因"),
    ("growth_gap", "by_year"): Text("Year by year", "逐年差距"),
    ("growth_gap", "share_of_city"): Text("Share of the city", "占全市比重"),
    ("growth_gap", "per_head"): Text("GDP per head", "人均地区生产总值"),
    ("growth_gap", "shares"): Text("The district inside the city", "区在全市中的份额"),
    ("growth_gap", "by_indicator"): Text("Several indicators, one year", "一年多项指标"),
    ("growth_gap", "by_region"): Text("Several districts", "各区比较"),
    ("growth_gap", "by_region_and_indicator"): Text("Districts and indicators", "各区各指标"),
    ("growth_gap", "by_sector"): Text("By sector", "分产业"),
    ("target_shortfall", "by_indicator"): Text("Several indicators, one year", "一年多项指标"),
    ("target_shortfall", "by_year"): Text("Year by year", "逐年"),
    ("target_shortfall", "all_targets"): Text("Every target of the year", "当年全部目标"),
    ("target_shortfall", "not_evaluable"): Text("What cannot be judged", "无法评估者"),
    ("target_shortfall", "ladder"): Text("Ladder of regions", "各地目标阶梯"),
    ("target_shortfall", "plan"): Text("Five-year plan", "五年规划"),
    ("data_audit", "coverage"): Text("What is known of the region", "地区数据覆盖"),
    ("data_audit", "coverage_comparator"): Text("What is known of the comparator", "对照地区数据覆盖"),
    ("data_audit", "not_known"): Text("What is not known", "未知者"),
    ("data_audit", "readings"): Text("Every published reading", "历次公布值"),
    ("data_audit", "revisions"): Text("Revisions", "修订"),
    ("data_audit", "estimates"): Text("What became of estimates", "预计数的后续修订"),
    ("data_audit", "triangle"): Text("By day of publication", "按公布日期"),
    ("data_audit", "sums"): Text("Districts and their city", "各区合计与全市"),
    ("data_audit", "conflicts"): Text("Where sources differ", "来源不一致者"),
    ("data_audit", "breaks"): Text("Breaks", "口径中断"),
    ("data_audit", "corrections"): Text("Corrections", "更正"),
    ("data_audit", "discrepancies"): Text("Figures that do not fit", "不相符的数据"),
    ("data_audit", "reject_reasons"): Text("Not taken in: reasons", "未收录原因"),
    ("data_audit", "rejects"): Text("Not taken in, one by one", "未收录数据"),
    ("data_audit", "implied_bases"): Text("Computed, not printed", "推算值"),
    ("data_audit", "rows_by_region"): Text("Rows by region", "各地区条数"),
    ("data_audit", "rows_by_indicator"): Text("Rows by indicator", "各指标条数"),
    ("data_audit", "sources"): Text("Sources", "来源"),
}
NO_DATA = Text("{count} indicators have no data here", "另有{count}项指标在此没有数据")
MOVED = Text("Changed along, as there was no data otherwise: {names}.", "为避免没有数据，下列选项已随之调整：{names}。")
EXPORT = Text("Save figure and table", "保存图和表")
WRITE = Text("Save choice as parameters", "保存选择为参数文件")
EXECUTE = Text("Run the whole notebook", "运行完整笔记本")
WORKING = Text("Working …", "正在处理……")
SAVED = Text("Saved in {folder}: {files}", "已保存至{folder}：{files}")
SAME = Text("Already there, the same to the byte, in {folder}: {files}", "{folder}中已有完全相同的文件：{files}")
WRITTEN = Text(
    "Written: {file}. The same again with: hanyang run {file}", "已写入：{file}。重现请运行：hanyang run {file}"
)
HELD = Text(
    "{file} already holds this choice. Run it with: hanyang run {file}", "{file}已是此选择。运行：hanyang run {file}"
)
RUNNING = Text("Running the whole notebook; this takes a few seconds …", "正在运行完整笔记本，需要数秒……")
RAN = Text("Executed in {seconds} s: [open the notebook]({link})", "已运行，用时{seconds}秒：[打开笔记本]({link})")
RAN_BADLY = Text("The notebook did not run: {reason}", "笔记本运行失败：{reason}")
ELSEWHERE = Text(
    "In JupyterLab this page also opens the executed notebook of a choice.",
    "在JupyterLab中，本页还可打开所选内容的已运行笔记本。",
)
TROUBLE = Text("This choice cannot be shown: {reason}", "无法显示此选择：{reason}")
READY = Text("Ready: {files}", "已生成：{files}")
DOWNLOAD = Text("Download: {links}", "下载：{links}")


def label(table: dict[tuple[str, str], Text], analysis: str, name: str) -> Text:
    """The label of a figure or a table; one that has none yet goes by its name."""
    return table.get((analysis, name), Text(name, name))
