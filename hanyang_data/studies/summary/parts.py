"""What the summary study, its figures and its tables are called: in menus, and in a report."""

from __future__ import annotations

from hanyang_data.studies.study import Part
from hanyang_data.words.wording import Text

LABEL = Text("Summary of the runs", "各次运行汇总")
SECTION = Text("Summary of the runs", "各次运行汇总")
FIGURES = {
    "observations": Part(Text("All runs", "各次运行")),
}
TABLES = {
    "runs": Part(
        Text("Every finished run", "各次已完成的运行"),
        Text("Every finished run", "各次已完成的运行"),
    ),
    "not_made": Part(
        Text("What the last sweep could not run", "最近一次批量运行中未完成的运行"),
        Text("What the last sweep could not run", "最近一次批量运行中未完成的运行"),
    ),
}
