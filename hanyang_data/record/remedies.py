"""What does not fit, so that somebody can mend it: the rows it was printed in, and which file takes the answer."""

from collections.abc import Iterator

import pandas as pd

from hanyang_data.record.identities import KEYS
from hanyang_data.record.identities import SAYS as IDENTITIES
from hanyang_data.record.observations import Dataset
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Text

SAYS = messages(__name__)
# of each check that a break answers: the measures that it compares, how many years from its own they are (a level may be an
# earlier one, where that year has none), and how many the first year on a new basis is
COMPARED = {
    "level_against_growth": ([("level", -1), ("level", 0), ("growth", 0)], 0),
    "implied_against_printed": ([("level", 0), ("level", 1), ("growth", 1)], 1),
    "scale_jump": ([("level", -1), ("level", 0)], 0),
}


def remedies(found: pd.DataFrame, dataset: Dataset) -> list[Text]:
    """One sentence for each row of :func:`hanyang_data.record.identities.findings`: what, printed where, and what to do.

    >>> from hanyang_data.record.identities import findings
    >>> from hanyang_data.record.observations import default_dataset
    >>> data = default_dataset()
    >>> print(remedies(findings(data).query("check == 'vintage_out_of_order'").head(1), data)[0].en.split("; ")[-1])
    mend what is wrong, or add a row to discrepancies.csv: vintage_out_of_order,east_lake_htdz,gdp,2021,level,reason,reason_zh
    """
    return [_remedy(row._asdict(), dataset) for row in found.itertuples()]


def gone(found: pd.DataFrame) -> list[str]:
    """The rows of discrepancies.csv, as they begin, that explain figures which fit or are not there."""
    rows = found.loc[found["detail"] == IDENTITIES.gone.en, KEYS]
    return [",".join(map(str, row)) for row in rows.itertuples(index=False)]


def _remedy(cells: dict[str, object], dataset: Dataset) -> Text:
    check, year, measure = str(cells["check"]), int(str(cells["year"])), str(cells["measure"])
    compared, first = COMPARED.get(check, ([(measure, 0)], 0))
    series = dataset.observations
    series = series[(series["region"] == cells["region"]) & (series["indicator"] == cells["indicator"])]
    series = series[(series["period"] == "annual") | (check == "parts_over_total")]
    series = series[series["concept"] == ("target" if check == "target_after_its_year" else "outturn")]
    places = list(dict.fromkeys(place for of, offset in compared for place in _places(series, of, year + offset)))
    answer = SAYS.gone if cells["detail"] == IDENTITIES.gone.en else SAYS.broken if check in COMPARED else SAYS.other
    detail = Text(str(cells["detail"]), str(cells["detail_zh"]))
    return answer.format(**cells | {"detail": detail, "places": "; ".join(places), "first": year + first})


def _places(series: pd.DataFrame, measure: str, year: int) -> Iterator[str]:
    """Where the figures of a year stand; of a level that the year lacks, those of the last year that has one."""
    rows = series[(series["measure"] == measure) & (series["year"] <= year) & series["value"].notna()]
    last = rows["year"].max() if measure == "level" else year
    for row in rows[rows["year"] == last].itertuples():
        yield f"{row.token} ({row.source_id} {row.locator})"
