"""The tables of the whole record: what sources disagree on, what was corrected, does not fit or was left out, how much there is.

They follow neither window nor ``as_of``.
"""

from collections.abc import Sequence

import pandas as pd

from hanyang_data.record.contract import RELIABILITY
from hanyang_data.record.coverage import conflicts, sums_of_parts
from hanyang_data.record.identities import ADDITIVE
from hanyang_data.record.vintages import RULES, known_on
from hanyang_data.studies.data_audit.tables import HEADS, RELIABILITIES, joined, of_rows
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import headed
from hanyang_data.words.wording import UNITS, Text, messages, printed

SAYS = messages(__name__)

CHECKS = SAYS.each("checks")


def totals(scope: Scope, discrepancies: pd.DataFrame) -> dict[str, int]:
    """How many rows, texts, conflicts, corrections, discrepancies and rejects the whole record holds."""
    data = scope.dataset
    parts = {"corrections": data.corrections, "discrepancies": discrepancies, "rejects": data.rejects}
    texts = {"rows": len(data.printed), "texts": int(data.printed["source_id"].nunique()), "conflicts": len(conflicts(data))}
    return texts | {name: len(part) for name, part in parts.items()}


def conflicts_table(scope: Scope) -> pd.DataFrame:
    """The figures of one vintage on which sources differ, the taken value first, and the rule that decided."""
    return of_rows(
        scope,
        [conflicts(scope.dataset)],
        ["region", "indicator", "measure", "period", "year", "vintage", "values", "sources", "rule"],
        values=lambda row: joined([printed(*of) for of in zip(row.values, row.qualifiers, strict=True)]),
        sources=lambda row: list(dict.fromkeys(row.sources)),
        rule=lambda row: RULES[row.rule],
    )


def corrections_table(scope: Scope) -> pd.DataFrame:
    """What corrections.yaml does: the printed number, the one used, and why."""
    return of_rows(
        scope,
        [scope.dataset.corrections],
        ["region", "indicator", "measure", "period", "year", "action", "before", "after", "reason", "source"],
        action=lambda row: SAYS["actions", row.action],
        reason=lambda row: Text(row.reason_en, row.reason_zh),
    )


def discrepancies_table(scope: Scope, discrepancies: pd.DataFrame) -> pd.DataFrame:
    """The figures that break an identity with the reason on record; an empty reason is an error of the record."""
    return of_rows(
        scope,
        [discrepancies],
        ["region", "indicator", "measure", "year", "check", "detail", "reason"],
        check=lambda row: CHECKS[row.check],
        detail=lambda row: Text(row.detail, row.detail_zh),
        reason=lambda row: Text(row.known, row.known_zh),
    )


def reject_reasons_table(scope: Scope) -> pd.DataFrame:
    """How many figures were found and not taken in, by the reason given."""
    found = scope.dataset.rejects[["reason", "reason_zh"]].value_counts(sort=True)
    rows = [(Text(en, zh or en), int(count)) for (en, zh), count in found.items()]
    return headed(scope, pd.DataFrame(rows, columns=["reason", "figures"]), HEADS)


def rejects_table(scope: Scope) -> pd.DataFrame:
    """The figures that were found and not taken in, one by one; title and publisher as printed, in Chinese."""
    as_printed = ["token", "title", "publisher"] if scope.lang == "zh" else []
    return of_rows(
        scope,
        [scope.dataset.rejects],
        ["region", "indicator", "measure", "period", "year", "as_printed", "unit", *as_printed, "reason", "url"],
        year=lambda row: row.year,
        as_printed=lambda row: row.value,
        unit=lambda row: UNITS.get(row.unit, Text(row.unit, row.unit)),
        reason=lambda row: Text(row.reason, row.reason_zh or row.reason),
    )


def sums_table(scope: Scope) -> pd.DataFrame:
    """Years in which the districts of a city can be added up: how many, their sum, and the city's own figure."""
    city = str(scope.dataset.regions.at[scope.region, "part_of"]) or scope.region
    units = scope.dataset.indicators["level_unit"]
    return of_rows(
        scope,
        (sums_of_parts(city, id_, **scope.known).assign(indicator=id_) for id_ in units.index[units.isin(ADDITIVE)]),
        ["indicator", "year", "parts", "bounded", "sum", "city", "difference_pct"],
        year=lambda row: row.Index,
        parts=lambda row: row.n,
        city=lambda row: row.level,
        difference_pct=lambda row: round(row.difference_pct, 2) + 0.0,
    )


def counts_table(scope: Scope, by: str = "region", regions: Sequence[str] = ()) -> pd.DataFrame:
    """Printed rows of the whole record by reliability."""
    obs = known_on(scope.dataset.printed, scope.as_of)
    ours = obs[obs["region"].isin(regions)] if regions else obs
    keys = ["region", "indicator"] if by == "indicator" else ["region"]
    found = ours.pivot_table(index=keys, columns="reliability", values="year", aggfunc="count", fill_value=0)
    order = {key: list(getattr(scope.dataset, f"{key}s").index) for key in keys}
    found = found.reindex(columns=RELIABILITY, fill_value=0).reset_index()
    ranked = found.sort_values(keys, key=lambda column: column.map(order[str(column.name)].index), kind="stable")
    return headed(scope, ranked.assign(total=ranked[list(RELIABILITY)].sum(axis="columns")), HEADS | RELIABILITIES)
