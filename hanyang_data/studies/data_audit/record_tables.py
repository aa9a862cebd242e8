"""The tables of the whole record: what sources disagree on, what was corrected, does not fit or was left out, how much there is.

They follow neither window nor ``as_of``.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from hanyang_data.record.contract import RELIABILITY
from hanyang_data.record.coverage import conflicts, sums_of_parts
from hanyang_data.record.identities import ADDITIVE, findings
from hanyang_data.record.vintages import RULES, known_on
from hanyang_data.studies.data_audit.words import RELIABILITIES, indicator_words, joined, of_rows, region_words, worded
from hanyang_data.studies.scope import Scope
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import TARGET_VINTAGES, UNITS, VINTAGES, Text, printed

SAYS = messages(__name__)

CHECKS = SAYS.each("checks")


def unfit(scope: Scope) -> pd.DataFrame:
    """The frame of :func:`hanyang_data.record.identities.findings` of the whole record."""
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


def conflicts_table(scope: Scope) -> pd.DataFrame:
    """The figures of one vintage on which sources differ, the taken value first, and the rule that decided."""
    return of_rows(
        scope,
        conflicts(scope.dataset).rename(columns={"values": "values_"}).itertuples(),
        ["region", "indicator", "measure", "period", "year", "vintage", "values", "sources", "rule"],
        vintage=lambda row: (VINTAGES | TARGET_VINTAGES)[row.vintage],
        values=lambda row: joined([printed(*of) for of in dict.fromkeys(zip(row.values_, row.qualifiers, strict=True))]),
        sources=lambda row: list(dict.fromkeys(row.sources)),
        rule=lambda row: RULES[row.rule],
    )


def corrections_table(scope: Scope) -> pd.DataFrame:
    """What corrections.yaml does: the printed number, the one used, and why."""
    return of_rows(
        scope,
        scope.dataset.corrections.itertuples(),
        ["region", "indicator", "measure", "period", "year", "action", "before", "after", "reason", "source"],
        action=lambda row: SAYS["actions", row.action],
        before=lambda row: row.before,
        after=lambda row: row.after,
        reason=lambda row: Text(row.reason_en, row.reason_zh),
    )


def discrepancies_table(scope: Scope, discrepancies: pd.DataFrame) -> pd.DataFrame:
    """The figures of :func:`unfit` with the reason on record; an empty reason is an error of the record."""
    return of_rows(
        scope,
        discrepancies.itertuples(),
        ["region", "indicator", "measure", "year", "check", "detail", "reason"],
        check=lambda row: CHECKS[row.check],
        detail=lambda row: Text(row.detail, row.detail_zh),
        reason=lambda row: Text(row.known, row.known_zh),
    )


def reject_reasons_table(scope: Scope) -> pd.DataFrame:
    """How many figures were found and not taken in, by the reason given."""
    found = scope.dataset.rejects[["reason", "reason_zh"]].value_counts(sort=True)
    rows = [{"reason": Text(en, zh or en), "figures": int(count)} for (en, zh), count in found.items()]
    return worded(scope, rows, ["reason", "figures"])


def rejects_table(scope: Scope) -> pd.DataFrame:
    """The figures that were found and not taken in, one by one; title and publisher as printed, in Chinese."""
    printed_ = ["token", "title", "publisher"] if scope.lang == "zh" else []
    return of_rows(
        scope,
        scope.dataset.rejects.itertuples(),
        ["region", "indicator", "measure", "period", "year", "as_printed", "unit", *printed_, "reason", "url"],
        year=lambda row: row.year,
        as_printed=lambda row: row.value,
        unit=lambda row: UNITS.get(row.unit, Text(row.unit, row.unit)),
        token=lambda row: row.token,
        title=lambda row: row.title,
        publisher=lambda row: row.publisher,
        reason=lambda row: Text(row.reason, row.reason_zh or row.reason),
        url=lambda row: row.url,
    )


def sums_table(scope: Scope) -> pd.DataFrame:
    """Years in which the districts of a city can be added up: how many, their sum, and the city's own figure."""
    parts = scope.dataset.regions["part_of"]
    city = str(parts[scope.region]) or scope.region
    add_up = scope.dataset.indicators.index[scope.dataset.indicators["level_unit"].isin(ADDITIVE)]
    rows = [
        {
            "indicator": indicator_words(scope, indicator),
            "year": row.Index,
            "parts": row.n,
            "bounded": row.bounded,
            "sum": row.sum,
            "city": row.level,
            "difference_pct": round(row.difference_pct, 2) + 0.0,
        }
        for indicator in add_up
        for row in sums_of_parts(city, indicator, as_of=scope.as_of, dataset=scope.dataset).itertuples()
    ]
    return worded(scope, rows, ["indicator", "year", "parts", "bounded", "sum", "city", "difference_pct"])


def counts_table(scope: Scope, by: str = "region", regions: Sequence[str] = ()) -> pd.DataFrame:
    """Printed rows of the whole record by reliability."""
    obs = known_on(scope.dataset.printed, scope.as_of)
    ours = obs[obs["region"].isin(regions)] if regions else obs
    keys = ["region", "indicator"] if by == "indicator" else ["region"]
    found = ours.pivot_table(index=keys, columns="reliability", values="year", aggfunc="count", fill_value=0)
    order = {key: list(getattr(scope.dataset, f"{key}s").index) for key in keys}
    found = found.reindex(columns=RELIABILITY, fill_value=0).reset_index()
    ranked = found.sort_values(keys, key=lambda column: column.map(order[str(column.name)].index), kind="stable")
    rows = [
        {
            "region": region_words(scope, row["region"]),
            **({"indicator": indicator_words(scope, row["indicator"])} if by == "indicator" else {}),
            **{r: int(row[r]) for r in RELIABILITY},
            "total": int(sum(row[r] for r in RELIABILITY)),
        }
        for row in ranked.to_dict("records")
    ]
    heads = {r: RELIABILITIES[r] for r in RELIABILITY}
    return worded(scope, rows, [*keys, *RELIABILITY, "total"], heads)
