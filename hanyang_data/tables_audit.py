"""The tables of the data-audit notebook: what was printed and when, what sources disagree on, what was corrected or left out.

Tables of one region or two follow the window and ``as_of``; those of the whole record
(conflicts, corrections, discrepancies, rejects) do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from hanyang_data.breaks import breaks
from hanyang_data.contract import RELIABILITY
from hanyang_data.derived import implied_bases
from hanyang_data.findings_audit import MEASURE, STATES, signed
from hanyang_data.identities import findings
from hanyang_data.record import conflicts, readings, unknown
from hanyang_data.revisions import KINDS, revisions
from hanyang_data.scope import Scope
from hanyang_data.tables import FLAGS, YES_NO, headed
from hanyang_data.vintages import RULES, known_on
from hanyang_data.wording import (
    TARGET_VINTAGES,
    UNITS,
    VINTAGES,
    Text,
    printed,
    year_list,
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
}
LINKS = {
    "none": Text("nothing", "无法衔接"),
    "published_growth": Text("published growth", "公布增速"),
    "overlap": Text("one year on both bases", "同一年份两种口径"),
}
ACTIONS = {
    "drop": Text("left out", "不采用"),
    "override": Text("corrected", "更正"),
    "flag": Text("marked as doubtful", "存疑标注"),
}
CHECKS = {
    "parts_over_total": Text("parts exceed their total", "分项之和超过总数"),
    "district_over_city": Text("district exceeds its city", "区数据超过市数据"),
    "level_against_growth": Text("levels do not give the published growth", "总量之比与公布增速不符"),
    "target_after_its_year": Text("target known only after its year", "目标在年度结束后才见公布"),
    "vintage_out_of_order": Text("vintages published out of order", "数据版本公布次序颠倒"),
}
ROUTES = VINTAGES | {f"{v}_target": TARGET_VINTAGES[v] for v in ("original", "revised")}
CORRECTED = {"override": "corrected", "flag": "flagged"}  # what corrections.yaml did → the word of the flag column
SAME = ["year", "vintage", "value", "qualifier"]


def rows_of(scope: Scope, region: str = "") -> pd.DataFrame:
    """The annual figures of a region in the window as known on ``as_of``."""
    obs = known_on(scope.dataset.observations, scope.as_of)
    ours = obs["region"].eq(region or scope.region) & obs["period"].eq("annual") & obs["year"].isin(scope.years)
    return obs[ours]


def distinct_readings(scope: Scope, measure: str) -> pd.DataFrame:
    """The readings of the scope's own series, what was printed again unchanged left out: the taken or best text speaks.

    Returns:
        A frame of :func:`hanyang_data.record.readings`, cut to the window.
    """
    read = _readings(scope, measure).reset_index()
    read["rank"] = read["reliability"].map(RELIABILITY.index)
    best = read.sort_values(["taken", "rank"], ascending=[False, True], kind="stable").drop_duplicates(SAME)
    return best.sort_index().drop(columns="rank").set_index("year")


def revisions_of(scope: Scope, measure: str, indicator: str = "") -> pd.DataFrame:
    """The frame of :func:`hanyang_data.revisions` of the scope's own series, cut to the window."""
    table = revisions(indicator or scope.indicator, scope.region, measure, as_of=scope.as_of, dataset=scope.dataset)
    # of a series that was never published twice the columns of words would not be text
    return table[table.index.isin(scope.years)].astype(dict.fromkeys(["unit", "kind", "flag"], "str"))


def flags_of(row: pd.Series) -> str:
    """The flags of a reading as the series would carry them, for the mark beside its number."""
    return CORRECTED.get(row["correction"], "")


def unfit(scope: Scope) -> pd.DataFrame:
    """The frame of :func:`hanyang_data.identities.findings` of the whole record."""
    return findings(scope.dataset)


def totals(scope: Scope, discrepancies: pd.DataFrame) -> dict[str, int]:
    """How many rows, texts, conflicts, corrections, discrepancies (of :func:`unfit`) and rejects the whole record holds."""
    data = scope.dataset
    return {
        "rows": len(data.printed),
        "texts": int(data.printed["source_id"].nunique()),
        "conflicts": len(conflicts(data)),
        "corrections": len(data.corrections),
        "discrepancies": len(discrepancies),
        "rejects": len(data.rejects),
    }


def coverage_table(scope: Scope, table: pd.DataFrame) -> pd.DataFrame:
    """The matrix in words: indicators by years."""
    words = table.map(lambda state: STATES[state].to(scope.lang)).reset_index()
    words["indicator"] = _named(scope, words["indicator"], _indicator)
    years = {year: year_list([year]).to(scope.lang) for year in scope.years}
    return _headed(scope, words, years)


def unknown_table(scope: Scope) -> pd.DataFrame:
    """The years of each indicator in which no outturn states the figure."""
    table = unknown(scope.region, scope.years, as_of=scope.as_of, dataset=scope.dataset).reset_index()
    table["indicator"] = _named(scope, table["indicator"], _indicator)
    for column in ("missing", "unmeasured"):
        table[column] = [year_list(years).to(scope.lang) for years in table[column]]
    return _headed(scope, table)


def readings_table(scopes: Sequence[Scope], measure: str) -> pd.DataFrame:
    """Every published reading of one series, with date, source and which one is taken."""
    rows = []
    for scope in scopes:
        for year, row in _readings(scope, measure).iterrows():
            cells = {
                "region": scope.region_name,
                "year": str(year),
                "as_printed": printed(row["value"], row["qualifier"], flag=flags_of(row)),
                "vintage": VINTAGES[row["vintage"]],
                "published_on": row["published_on"],
                "reliability": RELIABILITIES[row["reliability"]],
                "taken": YES_NO[bool(row["taken"])],
                "source": row["source_id"],
            }
            rows.append(cells)
    return _worded(
        scopes[0], rows, ["region", "year", "as_printed", "vintage", "published_on", "reliability", "taken", "source"]
    )


def revisions_table(scopes: Sequence[Scope]) -> pd.DataFrame:
    """Every indicator and year of the regions that was published more than once: first, latest, and how far they lie apart."""
    columns = [
        "region",
        "indicator",
        "measure",
        "year",
        "first",
        "latest",
        "revision",
        "kind",
        "flag",
        "first_on",
        "latest_on",
    ]
    rows = []
    for scope in scopes:
        for indicator, measure in _printed_twice(scope):
            for year, row in revisions_of(scope, measure, indicator).iterrows():
                cells = {
                    "region": scope.region_name,
                    "indicator": _indicator(scope, indicator),
                    "measure": MEASURE[measure],
                    "year": str(year),
                    **{end: printed(row[end], row[f"{end}_qualifier"]) for end in ("first", "latest")},
                    "revision": signed(float(row["revision"]), row["unit"]),
                    "kind": KINDS[row["kind"]],
                    "flag": _flags(row["flag"]),
                    **{f"{end}_on": row[f"{end}_published_on"] for end in ("first", "latest")},
                }
                rows.append(cells)
    return _worded(scopes[0], rows, columns)


def conflicts_table(scope: Scope) -> pd.DataFrame:
    """The figures of one vintage on which sources differ, the taken value first, and the rule that decided."""
    columns = ["region", "indicator", "measure", "period", "year", "vintage", "values", "sources", "rule"]
    rows = [
        {
            "region": _region(scope, row.region),
            "indicator": _indicator(scope, row.indicator),
            "measure": MEASURE[row.measure],
            "period": _period(row.period),
            "year": str(row.year),
            "vintage": (VINTAGES | TARGET_VINTAGES)[row.vintage],
            "values": _join([printed(v, q) for v, q in dict.fromkeys(zip(row.values_, row.qualifiers, strict=True))]),
            "sources": ", ".join(dict.fromkeys(row.sources)),
            "rule": RULES[row.rule],
        }
        for row in conflicts(scope.dataset).rename(columns={"values": "values_"}).itertuples()
    ]
    return _worded(scope, rows, columns)


def breaks_table(scopes: Sequence[Scope]) -> pd.DataFrame:
    """Every break of the regions: kind, what links its sides, and the evidence."""
    rows = [
        {
            "region": scope.region_name,
            "indicator": _indicator(scope, indicator),
            "first_year": str(row.first_year),
            "label": Text(row.label_en, row.label_zh),
            "kind": KINDS[row.kind],
            "link": LINKS[row.link],
            "evidence": Text(row.evidence, row.evidence_zh or row.evidence),
            "source": row.source_id,
        }
        for scope in scopes
        for indicator in _broken(scope)
        for row in breaks(indicator, scope.region, as_of=scope.as_of, dataset=scope.dataset).itertuples()
    ]
    return _worded(
        scopes[0], rows, ["region", "indicator", "first_year", "label", "kind", "link", "evidence", "source"]
    )


def corrections_table(scope: Scope) -> pd.DataFrame:
    """What corrections.yaml does: the printed number, the one used, and why."""
    columns = ["region", "indicator", "measure", "period", "year", "action", "before", "after", "reason", "source"]
    rows = [
        {
            "region": _region(scope, row.region),
            "indicator": _indicator(scope, row.indicator),
            "measure": MEASURE[row.measure],
            "period": _period(row.period),
            "year": str(row.year),
            "action": ACTIONS[row.action],
            "before": row.before,
            "after": row.after,
            "reason": Text(row.reason_en, row.reason_zh),
            "source": row.source_id,
        }
        for row in scope.dataset.corrections.itertuples()
    ]
    return _worded(scope, rows, columns)


def discrepancies_table(scope: Scope, discrepancies: pd.DataFrame) -> pd.DataFrame:
    """The figures of :func:`unfit` with the reason on record; an empty reason is an error of the record."""
    rows = [
        {
            "region": _region(scope, row.region),
            "indicator": _indicator(scope, row.indicator),
            "measure": MEASURE[row.measure],
            "year": str(row.year),
            "check": CHECKS[row.check],
            "detail": Text(row.detail, row.detail_zh),
            "reason": Text(row.known, row.known_zh),
        }
        for row in discrepancies.itertuples()
    ]
    return _worded(scope, rows, ["region", "indicator", "measure", "year", "check", "detail", "reason"])


def reject_reasons_table(scope: Scope) -> pd.DataFrame:
    """How many figures were found and not taken in, by the reason given."""
    found = scope.dataset.rejects[["reason", "reason_zh"]].value_counts(sort=True)
    rows = [{"reason": Text(en, zh or en), "figures": int(count)} for (en, zh), count in found.items()]
    return _worded(scope, rows, ["reason", "figures"])


def rejects_table(scope: Scope) -> pd.DataFrame:
    """The figures that were found and not taken in, one by one; title and publisher as printed, in Chinese."""
    printed_ = ["token", "title", "publisher"] if scope.lang == "zh" else []
    rows = [
        {
            "region": _region(scope, row.region),
            "indicator": _indicator(scope, row.indicator),
            "measure": MEASURE[row.measure],
            "period": _period(row.period),
            "year": row.year,
            "as_printed": row.value,
            "unit": UNITS.get(row.unit, Text(row.unit, row.unit)),
            "token": row.token,
            "title": row.title,
            "publisher": row.publisher,
            "reason": Text(row.reason, row.reason_zh or row.reason),
            "url": row.url,
        }
        for row in scope.dataset.rejects.itertuples()
    ]
    columns = [
        "region",
        "indicator",
        "measure",
        "period",
        "year",
        "as_printed",
        "unit",
        *printed_,
        "reason",
        "url",
    ]
    return _worded(scope, rows, columns)


def implied_table(scopes: Sequence[Scope]) -> pd.DataFrame:
    """Levels of the year before that a printed level and its growth imply: computed here and printed by no source."""
    columns = ["region", "indicator", "year", "computed", "unit", "method", "route", "flag", "source"]
    rows = [
        {
            "region": scope.region_name,
            "indicator": _indicator(scope, indicator),
            "year": str(row.Index),
            "computed": row.value,
            "unit": UNITS[row.unit],
            "method": row.method,
            "route": ROUTES[row.route],
            "flag": _flags(row.flag),
            "source": row.source_id,
        }
        for scope in scopes
        for indicator in _with_both_measures(scope)
        for row in implied_bases(indicator, scope.region, as_of=scope.as_of, dataset=scope.dataset).itertuples()
        if row.Index + 1 in scope.years
    ]
    return _worded(scopes[0], rows, columns)


def counts_table(scope: Scope, by: str = "region", regions: Sequence[str] = ()) -> pd.DataFrame:
    """Printed rows of the whole record by reliability.

    Args:
        scope: the question; ``as_of`` counts, the window does not.
        by: ``region`` or ``indicator``.
        regions: only these; all by default.
    """
    obs = known_on(scope.dataset.printed, scope.as_of)
    ours = obs[obs["region"].isin(regions)] if regions else obs
    keys = ["region", "indicator"] if by == "indicator" else ["region"]
    found = ours.pivot_table(index=keys, columns="reliability", values="year", aggfunc="count", fill_value=0)
    order = {key: list(getattr(scope.dataset, f"{key}s").index) for key in keys}
    found = found.reindex(columns=RELIABILITY, fill_value=0).reset_index()
    ranked = found.sort_values(keys, key=lambda column: column.map(order[str(column.name)].index), kind="stable")
    rows = [
        {
            "region": _region(scope, row["region"]),
            **({"indicator": _indicator(scope, row["indicator"])} if by == "indicator" else {}),
            **{r: int(row[r]) for r in RELIABILITY},
            "total": int(sum(row[r] for r in RELIABILITY)),
        }
        for row in ranked.to_dict("records")
    ]
    heads = {r: RELIABILITIES[r].to(scope.lang) for r in RELIABILITY}
    return _worded(scope, rows, [*keys, *RELIABILITY, "total"], heads)


def sources_table(scopes: Sequence[Scope]) -> pd.DataFrame:
    """The texts from which figures of the regions in the window come, by date."""
    used = pd.concat([rows_of(scope) for scope in scopes])["source_id"].value_counts()
    found = scopes[0].dataset.sources.loc[list(used.index)].sort_values("known_from", kind="stable")
    rows = [
        {
            "source": row.Index,
            "title": Text(row.title_en, row.title_zh),
            "publisher": Text(row.publisher, row.publisher_zh or row.publisher),
            "published_on": row.published_on,
            "rows": int(used[row.Index]),
        }
        for row in found.itertuples()
    ]
    return _worded(scopes[0], rows, ["published_on", "title", "publisher", "source", "rows"])


def _readings(scope: Scope, measure: str) -> pd.DataFrame:
    read = readings(scope.indicator, scope.region, measure, as_of=scope.as_of, dataset=scope.dataset)
    return read[read.index.isin(scope.years)]


def _broken(scope: Scope) -> list[str]:
    table = scope.dataset.breaks
    return list(dict.fromkeys(table.loc[table["region"] == scope.region, "indicator"]))


def _with_both_measures(scope: Scope) -> list[str]:
    """The indicators of which a text prints level and growth of one year: the others imply no base year."""
    measures = rows_of(scope).groupby(["indicator", "source_id", "year"], sort=False)["measure"].nunique()
    return list(dict.fromkeys(str(id_) for id_, _, _ in measures.index[measures > 1]))


def _printed_twice(scope: Scope) -> list[tuple[str, str]]:
    """The series of which a year stands in more than one text: the others can have no revision."""
    rows = rows_of(scope)
    outturns = rows[rows["concept"] == "outturn"]
    texts = outturns.groupby(["indicator", "measure", "year"], sort=False)["source_id"].nunique()
    return list(dict.fromkeys((str(i), str(m)) for i, m, _ in texts.index[texts > 1]))


def _region(scope: Scope, id_: str) -> Text:
    return _name(scope.dataset.regions, id_)


def _indicator(scope: Scope, id_: str) -> Text:
    return _name(scope.dataset.indicators, id_)


def _name(frame: pd.DataFrame, id_: str) -> Text:
    """The name of an id, or the id: what was rejected need not be of a region or indicator of the record."""
    return Text(frame.at[id_, "name_en"], frame.at[id_, "name_zh"]) if id_ in frame.index else Text(id_, id_)


def _join(words: Sequence[Text]) -> Text:
    return Text(" / ".join(w.en for w in words), " / ".join(w.zh for w in words))


def _period(period: str) -> Text:
    span = period.replace("_", "–")
    return PERIODS.get(period, Text(span, f"{span}年"))


def _flags(words: str) -> Text:
    told = [FLAGS[word] for word in words.split()]
    return Text(", ".join(t.en for t in told), "、".join(t.zh for t in told))


def _named(scope: Scope, ids: Iterable[str], name: Any) -> list[str]:
    return [name(scope, id_).to(scope.lang) for id_ in ids]


def _worded(
    scope: Scope, rows: Sequence[Mapping[str, Any]], columns: Sequence[str], heads: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Rows of texts, words and numbers as a table in the language of the scope; without rows the heads alone."""
    told = [{k: v.to(scope.lang) if isinstance(v, Text) else v for k, v in row.items()} for row in rows]
    return _headed(scope, pd.DataFrame(told, columns=list(columns)), heads or {})


def _headed(scope: Scope, table: pd.DataFrame, own: Mapping[Any, str] | None = None) -> pd.DataFrame:
    return headed(table, {key: head.to(scope.lang) for key, head in HEADS.items()} | dict(own or {}))
