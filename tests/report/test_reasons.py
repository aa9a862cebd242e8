"""What the batch says of a run that failed or is out of date is said in Chinese in a Chinese report."""

import re

import pytest

from hanyang_data.batch.cache import PARTS, changes, damage
from hanyang_data.batch.run import missing_products
from hanyang_data.report.reasons import in_both

KEY = dict.fromkeys(PARTS, "a") | {"versions": {"numpy": "1", "pandas": "1"}}


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_a_key_has_a_name(part):
    now = KEY | {part: {"numpy": "1", "pandas": "2"} if part == "versions" else "b"}
    told = in_both(changes(KEY, now))
    assert told.en.endswith("changed")
    assert "已变更" in told.zh
    assert not re.search("[a-z]{3}", told.zh.replace("pandas", ""))


def test_several_parts_are_listed():
    assert in_both(changes(KEY, KEY | {"data": "b", "package": "b"})).zh == "数据、程序包代码已变更"


@pytest.mark.parametrize(
    ("reason", "chinese"),
    [
        ("never run", "尚未运行"),
        ("cell [3] of trend.ipynb failed: ValueError: x", "trend.ipynb的第3个单元格出错：ValueError: x"),
        ("took longer than 5 s and was stopped at cell 3 of 9", "运行超过5秒，已终止（共9个单元格，停在第3个）"),
        ("took longer than 5 s and was stopped", "运行超过5秒，已终止"),
        ("figures cannot be written: No space left on device", "figures无法写入：No space left on device"),
    ],
)
def test_what_goes_wrong_in_a_run_is_translated(reason, chinese):
    assert in_both(reason).zh == chinese


def test_damage_is_translated(tmp_path):
    record = {"products": {"a.svg": "0" * 64}}
    assert in_both(damage(tmp_path, record)).zh == "a.svg已不存在"
    (tmp_path / "a.svg").touch()
    assert in_both(damage(tmp_path, record)).zh == "a.svg为空文件"
    (tmp_path / "a.svg").write_text("x")
    assert in_both(damage(tmp_path, record)).zh == "a.svg在运行后被改动"
    assert in_both(damage(tmp_path, {})).zh == "运行记录未列出任何产物"
    assert in_both(missing_products(tmp_path)).zh.startswith("笔记本未写出results.json")


def test_what_is_not_known_stays_as_it_is():
    assert in_both("something else") == ("something else", "something else")
