"""What the convergence study, its figures and its tables are called: in menus, and in a report."""

from __future__ import annotations

from hanyang_data.studies.study import Part
from hanyang_data.words.wording import Text

LABEL = Text("Convergence", "区域收敛")
SECTION = Text(
    "Convergence: {indicator} inside {region}, {start}–{end}", "区域收敛：{region}各区{indicator}，{start}–{end}年"
)
FIGURES = {"scatter": Part(Text("Level and growth", "总量与增速"))}
TABLES = {
    "districts": Part(
        Text("Level and growth", "总量与增速"),
        Text("{indicator}: level of the year before, and growth, by district", "各区{indicator}：上年总量与当年增速"),
        Text("The lowest level first; as printed.", "按上年总量由低到高，均为公布数。"),
    ),
    "left_out": Part(
        Text("Left out", "未列入的地区"),
        Text("Districts without both figures", "缺少其中一项数据的区"),
    ),
}
