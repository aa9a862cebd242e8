"""What the menus and buttons say, in both languages."""

from __future__ import annotations

from hanyang_data.words.wording import GROWTH, LEVEL, Text

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
NO_DATA = Text("{count} indicators have no data here", "另有{count}项指标在此没有数据")
MOVED = Text("Changed along, as there was no data otherwise: {names}.", "为避免没有数据，下列选项已随之调整：{names}。")
EXPORT = Text("Save figure and table", "保存图和表")
WRITE = Text("Save choice as parameters", "保存选择为参数文件")
CODE = Text("As code", "显示代码")
AS_CODE = Text("The same in a cell of your own:", "在单元格中得到同样结果：")
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
