"""What the window of a question leaves out of the record: the years stand in its defaults, and nobody may have typed them."""

from hanyang_data.record.contract import VOCABULARY
from hanyang_data.record.observations import default_dataset
from hanyang_data.record.vintages import known_on
from hanyang_data.studies.scope import Scope
from hanyang_data.words.wording import NO_WORDS, Text, messages, year_list

SAYS = messages(__name__)
FEW = 2  # years before the window that change no finding


def left_out(scope: Scope) -> Text:
    """How many years of the series lie outside the window, if several do or the latest one.

    Nothing is said of the package's own record, whose period the default is, nor of a year or two before.
    """
    if scope.dataset is default_dataset():
        return NO_WORDS
    measures = VOCABULARY["observations.csv"]["measure"]
    printed = [scope.dataset.series(scope.region, scope.indicator, measure, "outturn") for measure in measures]
    numbers = (known_on(rows[rows["value"].notna()], scope.as_of)["year"] for rows in printed)
    years = sorted({int(year) for of in numbers for year in of} - {*scope.years})
    names = {"region": scope.region_name, "k": len(years), "years": year_list(years)}
    return SAYS.left_out.format(**names) if len(years) > FEW or max(years, default=0) > scope.end_year else NO_WORDS
