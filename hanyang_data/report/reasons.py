"""Why a run failed or is out of date, for a Chinese reader: the sentences of the batch, which are in English, translated."""

from __future__ import annotations

import re
from collections.abc import Callable

from hanyang_data.batch.cache import PARTS
from hanyang_data.words.wording import Text

PARTS_ZH = {
    "notebook": "笔记本的代码单元格",
    "parameters": "参数",
    "data": "数据",
    "package": "程序包代码",
    "versions": "所用库的版本",
    "runs": "所汇总的运行",
}


def _parts(names: str) -> str:
    zh = {english: PARTS_ZH[part] for part, english in PARTS.items()}
    return "、".join(zh[name] for name in names.split(", "))


ANY_PARTS = "|".join(map(re.escape, PARTS.values()))
# a sentence of the batch → the same in Chinese, with its groups; what programs say themselves stays in their words
SENTENCES: dict[str, str | Callable[[re.Match[str]], str]] = {
    r"never run": "尚未运行",
    rf"((?:{ANY_PARTS})(?:, (?:{ANY_PARTS}))*)((?: \([^)]*\))?) changed": lambda m: f"{_parts(m[1])}已变更{m[2]}",
    r"(\S+) is gone": r"\1已不存在",
    r"(\S+) is empty": r"\1为空文件",
    r"(\S+) is not as the run left it": r"\1在运行后被改动",
    r"its record names no products": "运行记录未列出任何产物",
    r"cell \[(\w+)\] of (\S+) failed: (.*)": r"\2的第\1个单元格出错：\3",
    r"the kernel of (\S+) died \(out of memory, or killed\)": r"\1的内核中止（内存不足或被终止）",
    r"(\S+): cell \[(\S+)\] says exit\(\), which ends the kernel: leave it out": r"\1：第\2个单元格调用exit()使内核终止，请删去",
    r"took longer than (\S+) s and was stopped(?: at cell (\d+) of (\d+))?": lambda m: (
        f"运行超过{m[1]}秒，已终止" + (f"（共{m[3]}个单元格，停在第{m[2]}个）" if m[2] else "")
    ),
    r"the notebook left no (\S+): its last cell must be study\.save\(out_dir\), or let it have no parameter out_dir": (
        r"笔记本未写出\1：末尾单元格须为study.save(out_dir)，或删去参数out_dir"
    ),
    r"the notebook declares (.+) and did not write it": r"笔记本声明了\1，但未写出",
    r"(.+) cannot be written: (.*)": r"\1无法写入：\2",
}


def in_both(reason: str) -> Text:
    """A sentence of the batch in both languages; one that is not known here stays as it is."""
    for pattern, chinese in SENTENCES.items():
        if found := re.fullmatch(pattern, reason):
            return Text(reason, chinese(found) if callable(chinese) else found.expand(chinese))
    return Text(reason, reason)
