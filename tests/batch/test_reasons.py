"""What the batch says of a run that failed or is out of date is said in Chinese in a Chinese report."""

import multiprocessing
import re

import pytest

from hanyang_data.batch.cache import PARTS, changes, damage
from hanyang_data.batch.reasons import SAYS, Reason, in_both, unwritable
from hanyang_data.batch.run import missing_products

KEY = dict.fromkeys(PARTS, "a") | {"versions": {"numpy": "1", "pandas": "1"}}


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_a_key_has_a_name(part):
    now = KEY | {part: {"numpy": "1", "pandas": "2"} if part == "versions" else "b"}
    told = in_both(changes(KEY, now))
    assert told.en.endswith("changed")
    assert "已变更" in told.zh
    assert not re.search("[a-z]{3}", told.zh.replace("pandas", ""))


def test_several_parts_are_listed():
    assert in_both(changes(KEY, KEY | {"data": "b", "package": "b"})).zh == "数据、软件包代码已变更"


def test_a_reason_crosses_a_pipe_with_its_chinese():
    here, there = multiprocessing.Pipe()
    here.send(Reason.of(SAYS.cell_failed.format(cell=3, notebook="trend.ipynb", error="ValueError: x\ny")))
    reason = there.recv()
    assert reason == "cell [3] of trend.ipynb failed: ValueError: x\ny"
    assert in_both(reason) == ("cell [3] of trend.ipynb failed: ValueError: x y", "trend.ipynb的第3个单元格出错：ValueError: x y")


def test_damage_is_translated(tmp_path):
    record = {"products": {"a.svg": "0" * 64}}
    assert in_both(damage(tmp_path, record)).zh == "a.svg已不存在"
    (tmp_path / "a.svg").touch()
    assert in_both(damage(tmp_path, record)).zh == "a.svg为空文件"
    (tmp_path / "a.svg").write_text("x")
    assert in_both(damage(tmp_path, record)).zh == "a.svg在运行后被改动"
    assert in_both(damage(tmp_path, {})).zh == "运行记录未列出任何产物"
    assert in_both(missing_products(tmp_path)).zh.startswith("笔记本未写出results.json")


def test_a_full_disk_is_translated(tmp_path):
    assert in_both(unwritable("out", OSError(28, "No space left on device"))).zh == "out无法写入：No space left on device"


def test_what_is_not_known_stays_as_it_is():
    assert in_both("something else") == ("something else", "something else")
