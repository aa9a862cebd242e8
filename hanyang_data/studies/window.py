"""What the window of a question leaves out of the record: the years stand in its defaults, and nobody may have typed them."""

from hanyang_data.record.contract import VOCABULARY
from hanyang_data.record.observations import default_dataset
from hanyang_data.record.vintages import known_on
from hanyang_data.studies.scope import Scope
from hanyang_data.words.wording import NO_WORDS, Text, messages, year_list

SAYS = messages(__name__)


def left_out(scope: Scope) -> Text:
    """How many years of the series lie outside the window; nothing of the package's own record, whose period it is."""
    if scope.dataset is default_dataset():
        return NO_WORDS
    measures = VOCABULARY["observations.csv"]["measure"]
    printed = [scope.dataset.series(scope.region, scope.indicator, measure, "outturn") for measure in measures]
    numbers = (known_on(rows[rows["value"].notna()], scope.as_of)["year"] for rows in printed)
    years = sorted({int(year) for of in numbers for year in of} - {*scope.years})
    names = {"region": scope.region_name, "k": len(years), "years": year_list(years)}
    return SAYS.left_out.format(**names) if years else NO_WORDS
