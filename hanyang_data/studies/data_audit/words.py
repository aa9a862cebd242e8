"""Heads and words that the tables of the data audit share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import FLAGS, headed
from hanyang_data.words.wording import (
    Text,
)

HEADS = {
    "region": Text("Region", "地区"),
    "indicator": Text("Indicator", "指标"),
    "year": Text("Year", "年份"),
    "period": Text("Period", "期间"),
    "concept": Text("Concept", "类别"),
    "measure": Text("Measure", "增速或总量"),
    "unit": Text("Unit", "单位"),
    "as_printed": Text("As printed", "原文数值"),
    "vintage": Text("Vintage", "数据版本"),
    "reliability": Text("Reliability", "可靠程度"),
    "published_on": Text("Published", "公布时间"),
    "taken": Text("Taken", "采用"),
    "source": Text("Source", "来源"),
    "sources": Text("Sources", "来源"),
    "flag": Text("Flag", "标记"),
    "first": Text("First", "首次公布数"),
    "latest": Text("Latest", "最新数"),
    "revision": Text("Revision", "修订"),
    "kind": Text("Kind", "类型"),
    "first_on": Text("First published", "首次公布时间"),
    "latest_on": Text("Latest published", "最新公布时间"),
    "values": Text("Values", "各来源数值"),
    "rule": Text("Decided by", "取舍规则"),
    "first_year": Text("From", "起始年份"),
    "label": Text("Break", "断点"),
    "link": Text("Linked by", "衔接方式"),
    "evidence": Text("Evidence", "依据"),
    "token": Text("Words printed", "原文文字"),
    "action": Text("Action", "处理"),
    "before": Text("Printed", "原文数"),
    "after": Text("Used", "采用数"),
    "reason": Text("Reason", "原因"),
    "check": Text("Identity", "核对关系"),
    "detail": Text("Found", "发现"),
    "figures": Text("Figures", "数据个数"),
    "title": Text("Title", "标题"),
    "publisher": Text("Publisher", "发布者"),
    "url": Text("Address", "网址"),
    "missing": Text("Nothing on record", "没有记录"),
    "unmeasured": Text("Target, wording or bound only", "仅有目标、文字或界限"),
    "total": Text("Rows", "行数"),
    "computed": Text("Computed value", "推算值"),
    "method": Text("Method", "算法"),
    "route": Text("From", "依据数据"),
    "rows": Text("Rows used", "使用行数"),
    "parts": Text("Districts", "区数"),
    "bounded": Text("Of which bounds", "其中界限值"),
    "sum": Text("Their sum", "合计"),
    "city": Text("City", "全市"),
    "difference_pct": Text("Difference, %", "差异（%）"),
    "whose": Text("Estimates of", "预计数来自"),
    "of": Text("Indicators", "指标范围"),
    "estimates": Text("Measured later", "后来有核算数"),
    "lower": Text("Lowered", "下调"),
    "higher": Text("Raised", "上调"),
    "smallest": Text("Lowest revision", "最低修订"),
    "median": Text("Median", "中位数"),
    "largest": Text("Highest revision", "最高修订"),
}
RELIABILITIES = {
    "official": Text("official", "官方"),
    "reprint": Text("reprint", "转载"),
    "secondary": Text("secondary", "二手"),
}
PERIODS = {
    "annual": Text("year", "全年"),
    "q1": Text("first quarter", "一季度"),
    "h1": Text("first half", "上半年"),
    "q1_q3": Text("first three quarters", "前三季度"),
    "undated": Text("period not printed", "期间未注明"),
}


def region_words(scope: Scope, id_: str) -> Text:
    """The name of a region."""
    return _name(scope.dataset.regions, id_)


def indicator_words(scope: Scope, id_: str) -> Text:
    """The name of an indicator."""
    return _name(scope.dataset.indicators, id_)


def _name(frame: pd.DataFrame, id_: str) -> Text:
    """The name of an id, or the id: what was rejected need not be of a region or indicator of the record."""
    return Text(frame.at[id_, "name_en"], frame.at[id_, "name_zh"]) if id_ in frame.index else Text(id_, id_)


def joined(words: Sequence[Text]) -> Text:
    """Several words with a stroke between."""
    return Text(" / ".join(w.en for w in words), " / ".join(w.zh for w in words))


def period_words(period: str) -> Text:
    """A period of the record: 2016_2020 is 2016–2020."""
    span = period.replace("_", "–")
    return PERIODS.get(period, Text(span, f"{span}年"))


def flag_words(words: str) -> Text:
    """The words of a flag column."""
    told = [FLAGS[word] for word in words.split()]
    return Text(", ".join(t.en for t in told), "、".join(t.zh for t in told))


def named(scope: Scope, ids: Iterable[str], name: Any) -> list[str]:
    """Ids under the names that ``name`` finds for them, in the language of the scope."""
    return [name(scope, id_).to(scope.lang) for id_ in ids]


def worded(
    scope: Scope, rows: Sequence[Mapping[str, Any]], columns: Sequence[str], heads: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Rows of texts, words and numbers as a table in the language of the scope; without rows the heads alone."""
    told = [{k: v.to(scope.lang) if isinstance(v, Text) else v for k, v in row.items()} for row in rows]
    return headed_in(scope, pd.DataFrame(told, columns=list(columns)), heads or {})


def headed_in(scope: Scope, table: pd.DataFrame, own: Mapping[Any, str] | None = None) -> pd.DataFrame:
    """A table under the heads of this module in the language of the scope, and ``own`` ones."""
    return headed(table, {key: head.to(scope.lang) for key, head in HEADS.items()} | dict(own or {}))
