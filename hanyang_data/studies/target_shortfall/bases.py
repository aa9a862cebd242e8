"""What is said of how a year is judged: on which of two bases and on which reading, and what "about" and the others would say."""

from hanyang_data.statistics.shortfall import READINGS, REASONS
from hanyang_data.studies.marks import resting
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall.evidence import TargetStudy, Vintages, with_margin, words_of
from hanyang_data.words.wording import NO_WORDS, VERDICTS, Text, amount, clauses, listed, messages, named_years

SAYS = messages(__name__)
BASES, MARGIN = SAYS.each("bases"), SAYS.each("margin")


def sentences(scope: Scope, study: TargetStudy) -> list[Text]:
    """The years that "about" decides; those on two bases, with both readings, and on a comparable one as there is no other."""
    judged, flags, said = study.against_original.judged, study.outturns["flag"].str.split(), list[Text]()
    if other := with_margin(scope, study):
        play = amount(float(READINGS["about_050"]), study.against_original.unit, sign=False)
        years = {verdict: [year for year in other if other[year] == verdict] for verdict in MARGIN}
        facts = clauses([MARGIN[verdict].format(years=named_years(of)) for verdict, of in years.items() if of])
        said.append(SAYS.about.format(facts=facts, n=play))
    for year in study.other.index.intersection(study.original.index):
        kind = "open" if study.against_original.not_evaluable.get(year) == REASONS["bases"] else "two"
        cells = {"taken": _reading(study, year), "other": _reading(study, year, other=True), "verdict": _verdict(study, year)}
        said.append(SAYS["judged", kind].format(year=year, **cells))
    alone = [year for year in judged if year not in study.other.index and "comparable" in flags[year]]
    return said + [SAYS.alone.format(years=named_years(alone))] * bool(alone)


def on_pages(study: TargetStudy, finding: Text) -> Text:
    """The finding, and of which years that are judged the outturn or the target is from a secondary page alone."""
    years = list(study.against_original.judged)
    sides = (study.outturns["flag"], study.original["flag"])
    return resting(finding, *(" ".join(side.get(year, "") for side in sides) for year in years), years=years)


def readings(scope: Scope, vintages: Vintages) -> Text:
    """Which reading is judged, and where the other one gives another verdict or difference; a number keeps its bound."""
    one, other = (study.against_original.sizes for study in vintages[:2])
    changed = [
        year
        for year in vintages.later
        if year in one and year in other and not (one[year].within(other[year]) or other[year].within(one[year]))
    ]
    said = SAYS.flips if (flips := vintages.flips["strict"]) else SAYS["revised", scope.vintage] if changed else NO_WORDS
    return said.format(years=named_years(flips or changed))


def other_reading(study: TargetStudy, year: int) -> Text | None:
    """The reading on the other basis and the verdict on the original target by it; None where a year has none."""
    return listed([_reading(study, year, other=True), _verdict(study, year)], ";") if year in study.other.index else None


def _reading(study: TargetStudy, year: int, *, other: bool = False) -> Text:
    """8.8% on a comparable basis, −8% unadjusted."""
    frame = study.other if other else study.outturns
    basis = BASES["comparable" if "comparable" in frame.at[year, "flag"].split() else "own"]
    return basis.format(n=words_of(frame, year))


def _verdict(study: TargetStudy, year: int) -> Text:
    return VERDICTS[study.against_other.table.at[year, "verdict_strict"]]
