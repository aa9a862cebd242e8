"""What a report says of itself: labels and sentences in both languages, used by every format."""

from __future__ import annotations

from hanyang_data.words.wording import Text

FIGURE, TABLE = Text("Figure", "图"), Text("Table", "表")
CAPTION = Text("{label} {number}. {title}", "{label}{number}　{title}")
NUMBERED = Text("{label} {number}", "{label}{number}")
CONTENTS = Text("Contents", "目录")
FINDINGS = Text("Findings", "主要结论")
SOURCES = Text("Sources", "资料来源")
ORIGIN = Text("Where each figure and table comes from", "图表出处一览")
RUNS = Text("Runs", "运行清单")
RUN = Text("Run: {run}", "运行：{run}")
AUTHOR = Text("Author: {author}", "编写：{author}")
STATE = Text(
    "Made from {runs} runs; the newest text they use is dated {newest}; data hash {digests}.",
    "依据{runs}次运行的结果；所用资料最新日期{newest}；数据哈希值{digests}。",
)
STATE_WITHOUT_TEXTS = Text(
    "Made from {runs} runs; data hash {digests}.", "依据{runs}次运行的结果；数据哈希值{digests}。"
)
NO_DIGEST = Text("none", "无")

INCOMPLETE = Text("This report is incomplete", "本报告不完整")
FAILED = Text("{run} failed, and nothing of it stands here: {reason}", "{run}运行失败，本报告不含其结果：{reason}")
FAILED_BEFORE = Text(
    "{run} failed; what stands here is from an earlier run: {reason}", "{run}运行失败，所载为此前运行的结果：{reason}"
)
STALE = Text("{run} is out of date: {reason}", "{run}已过时：{reason}")
SEVERAL_STATES = Text(
    "The runs were made on {n} different states of the data ({digests}); run them again to compare them.",
    "各次运行所用数据不一致（共{n}个版本：{digests}），重新运行后方可比较。",
)
NO_REASON = Text("no reason was given", "未说明原因")

AS_WORDED = Text("{head}, as worded", "{head}（原文）")
EMPTY = Text(
    "This table has no rows: nothing in the record or in the statistics answers to it.",
    "此表无数据行：没有符合条件的记录或统计量。",
)
TABLE_NOTE = Text("Note: {note}", "注：{note}")
DASH = Text("– is not on record or not applicable.", "“–”表示无记录或不适用。")
CITED = Text("Source: {numbers} in the list of sources.", "资料来源：见资料来源表{numbers}。")
OF_THE_RUN = Text(
    "Source: own compilation from the {n} texts of this run, which its section names.",
    "资料来源：据本次运行所用{n}份资料整理，见本节开头。",
)
TEXTS = Text("Texts of this run: {numbers} in the list of sources.", "本次运行所用资料：见资料来源表{numbers}。")
NO_TEXTS = Text("Source: results.json of the runs listed.", "资料来源：所列各次运行的results.json。")
NO_TEXTS_AT_ALL = Text("This report cites no texts.", "本报告未引用资料。")
REFERENCE = Text("{publisher}: {title} ({published_on}).", "{publisher}：《{title}》（{published_on}）。")

ORIGIN_HEADS = {
    "item": Text("Figure or table", "图表"),
    "title": Text("Title", "标题"),
    "run": Text("Notebook and run", "分析与运行"),
    "parameters": Text("Parameters", "参数"),
    "data": Text("Data hash", "数据哈希值"),
}
SOURCE_HEADS = {
    "id": Text("Id", "标识"),
    "title": Text("Title", "标题"),
    "publisher": Text("Publisher", "发布单位"),
    "url": Text("Address", "网址"),
    "published_on": Text("Published", "发布时间"),
    "number": Text("No.", "序号"),
}
RUN_HEADS = {
    "run": Text("Notebook and run", "分析与运行"),
    "parameters": Text("Parameters", "参数"),
    "texts": Text("Texts, by number", "所用资料序号"),
    "vintage": Text("Vintage of the figures", "数据版本"),
    "data": Text("Data hash", "数据哈希值"),
    "code": Text("Code hash", "代码哈希值"),
    "status": Text("Status", "状态"),
}
STATUS = {"done": Text("done", "完成"), "failed": Text("failed", "失败"), "stale": Text("out of date", "已过时")}
VINTAGE = {
    "first": Text("as first published", "首次公布数"),
    "latest": Text("latest published", "最新公布数"),
}
KNOWN_ON = Text("{vintage}, as known on {day}", "{vintage}（截至{day}）")
NO_VINTAGE = Text("not applicable", "不适用")
SHEET_HEADS = {"sheet": Text("Sheet", "工作表"), "table": Text("Table", "表")}
HOW_TO_READ = Text(
    "One sheet a table. Numbers are numbers; an empty cell is not on record, never zero. Units stand in the heads or below the "
    "title: % is percent, pp percentage points.",
    "每表一张工作表。数字均为数值；空单元格表示无记录，不是零。单位见表头或标题下方。",
)
UNIT = Text("Unit: {unit}", "单位：{unit}")
README = Text("README", "说明")
PAGE = Text("Page {page} of {pages}", "第{page}页，共{pages}页")
