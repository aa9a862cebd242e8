"""What can be chosen: one choice, the values of every menu that have data, the nearest choice that has, and its address."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from itertools import product
from typing import Any
from urllib.parse import parse_qsl, urlencode

from hanyang_data.batch.job import PLUMBING
from hanyang_data.batch.parameters import read_parameters
from hanyang_data.batch.plan import notebooks_folder
from hanyang_data.errors import LONGEST_VALUE, NoDataError, brief
from hanyang_data.record.observations import Dataset, default_dataset, open_dataset
from hanyang_data.record.series import MEASURES
from hanyang_data.studies.registry import ANALYSES, declared
from hanyang_data.studies.scope import READINGS
from hanyang_data.studies.study import Held
from hanyang_data.words.wording import LANGUAGES

JUDGED = ("original", "revised")  # targets of a plan are for several years


@dataclass(frozen=True)
class Choice:
    """What the menus say. Fields that are parameters of the notebook have the parameter's name and meaning."""

    analysis: str = "trend"
    figure: str = ""
    table: str = ""
    region: str = "hanyang"
    comparator: str = "wuhan"
    indicator: str = "gdp"
    measure: str = "growth"
    start_year: int = 2017
    end_year: int = 2024
    vintage: str = "latest"
    as_of: str = ""
    regions: tuple[str, ...] = ()
    lang: str = "en"


@cache
def defaults(analysis: str) -> dict[str, Any]:
    """The parameters of the notebook of an analysis, with what they are by default."""
    return {name: parameter.default for name, parameter in read_parameters(notebooks_folder() / f"{analysis}.ipynb").items()}


def asks_for(choice: Choice, name: str) -> bool:
    """Whether a menu has a meaning for the chosen analysis: its notebook takes the parameter."""
    return name in ("analysis", "figure", "table") or name in defaults(choice.analysis)


def parameters_of(choice: Choice) -> dict[str, Any]:
    """Every parameter of the notebook but those of the place of its files: what is chosen, and the notebook's defaults.

    One default gives way: regions beside the region are other regions.
    """
    known = defaults(choice.analysis)
    values = {name: default for name, default in known.items() if name not in PLUMBING}
    values |= {name: getattr(choice, name) for name in values if hasattr(choice, name)}
    if "regions" in known:
        listed = list(choice.regions) or [*known["regions"]]
        values["regions"] = [id_ for id_ in listed if id_ not in (choice.region, values.get("comparator"))]
        if choice.regions and choice.analysis == "growth_gap":  # which lists all districts, the region among them
            values["regions"].insert(0, choice.region)
    return values


def name_of(choice: Choice) -> str:
    """What files of a choice are called: the analysis and whatever differs from the defaults of its notebook."""
    known = defaults(choice.analysis)
    own = [(name, value) for name, value in parameters_of(choice).items() if name not in ("lang", "focus_year")]
    if (choice.start_year, choice.end_year) != (known["start_year"], known["end_year"]):
        own += [("years", f"{choice.start_year}_{choice.end_year}")]
    own = [(n, v) for n, v in own if n not in ("start_year", "end_year") and (n not in known or v != known[n])]
    words = ["_".join(value) if isinstance(value, list) else str(value) for _, value in own]
    return "_".join([choice.analysis, *words]).replace("-", "")


class Shelf:
    """What a snapshot has for every menu."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        rows = dataset.observations
        rows = rows[rows["period"].eq("annual") & (rows["concept"].eq("outturn") | rows["vintage"].isin(JUDGED))]
        keys = rows[["region", "indicator", "measure", "concept"]].itertuples(index=False, name=None)
        self._rows = list(zip(keys, rows["year"], rows["known_from"].dt.strftime("%Y-%m-%d"), strict=True))
        self.years = sorted({int(year) for _, year, _ in self._rows})
        self.held = cache(self._held)

    def _held(self, start_year: int, end_year: int, as_of: str) -> Held:
        return frozenset(key for key, year, day in self._rows if start_year <= year <= end_year and (not as_of or day <= as_of))

    def has(self, choice: Choice) -> bool:
        """Whether there is anything to show."""
        if choice.start_year > choice.end_year or (asks_for(choice, "comparator") and choice.comparator == choice.region):
            return False
        held = self.held(choice.start_year, choice.end_year, choice.as_of)
        # the same rule as Scope.check, without building a series for every value of every menu
        return declared(choice.analysis).has_data(held, defaults(choice.analysis) | asdict(choice), self.dataset)

    def values(self, name: str, choice: Choice) -> list[Any]:
        """The values of one menu with which something can be shown, the other menus being as they are.

        An indicator counts if one of its measures has data, a region if one of its indicators has.
        """
        if name in ("analysis", "figure", "table", "vintage"):  # always there: the other menus follow
            return self.all_values(name, choice)
        return list(dict.fromkeys(getattr(c, name) for c in self._tries(name, choice) if self.has(c)))

    def _tries(self, name: str, choice: Choice) -> Iterator[Choice]:
        """Choices that differ in one menu, and in those that follow it."""
        for value in self.all_values(name, choice):
            tried = replace(choice, **{name: value})
            if name in ("region", "comparator"):
                yield from self._around(tried, comparators=self.dataset.regions.index if name == "region" else ())
            elif name == "indicator":
                yield from _measures(tried)
            else:
                yield tried

    def all_values(self, name: str, choice: Choice) -> list[Any]:
        """Every value of a menu, whether there is data or not."""
        if name == "as_of":
            sides = {choice.region, choice.comparator if asks_for(choice, "comparator") else choice.region}
            days = {day for (region, id_, *_), _, day in self._rows if region in sides and id_ == choice.indicator}
            return ["", *sorted(days | {choice.as_of} - {""}, reverse=True)]
        if name in ("figure", "table"):
            return declared(choice.analysis).named(name)
        return {
            "analysis": [*ANALYSES], "region": [*self.dataset.regions.index], "comparator": [*self.dataset.regions.index],
            "indicator": [*self.dataset.indicators.index], "measure": [*MEASURES], "vintage": [*READINGS],
            "start_year": self.years, "end_year": self.years,
        }[name]  # fmt: skip

    def beside(self, choice: Choice) -> list[str]:
        """The regions that can stand beside the chosen one: those of which the indicator is on record in the window."""
        held = self.held(choice.start_year, choice.end_year, choice.as_of)
        known = {region for region, indicator, _, _ in held if indicator == choice.indicator}
        taken = {choice.region, choice.comparator if asks_for(choice, "comparator") else ""}
        return [id_ for id_ in self.dataset.regions.index if id_ in known - taken]

    def settle(self, choice: Choice) -> Choice:
        """The choice itself if there is data, else the nearest one that has: first the measure gives way, then the indicator."""
        found = next((c for c in self._nearest(choice) if self.has(c)), None)
        if found is None:
            raise NoDataError(f"the snapshot {self.dataset.path.name} has no annual series for {choice.analysis}")
        study = declared(choice.analysis)
        figures, tables = study.named("figure"), study.named("table")
        figure = found.figure if found.figure in figures else figures[0]
        usual = study.table_beside(figure)
        beside = tuple(id_ for id_ in found.regions if id_ in self.beside(found))
        return replace(found, figure=figure, table=found.table if found.table in tables else usual, regions=beside)

    def _nearest(self, choice: Choice) -> Iterator[Choice]:
        regions = self.dataset.regions.index
        whole = replace(choice, as_of="", start_year=self.years[0], end_year=self.years[-1])
        windows = (choice, replace(choice, as_of=""), whole)
        for others, base in product(((), regions), windows):
            yield from self._around(base, regions=others, comparators=regions)

    def _around(self, choice: Choice, *, comparators: Iterable[str], regions: Iterable[str] = ()) -> Iterator[Choice]:
        """A choice, then those of other measures, of other indicators, beside other regions, and of other regions."""
        beside = [choice.comparator, *(comparators if asks_for(choice, "comparator") else ())]
        indicators = [choice.indicator, *self.dataset.indicators.index]
        for region, comparator, indicator in product([choice.region, *regions], beside, indicators):
            yield from _measures(replace(choice, region=region, comparator=comparator, indicator=indicator))


@cache
def shelf_of(data_dir: str) -> Shelf:
    """The shelf of a snapshot; of the one that comes with the package for an empty name."""
    return Shelf(open_dataset(data_dir) if data_dir else default_dataset())


def start(lang: str, analysis: str = "trend") -> Choice:
    """The choice that the notebook of an analysis opens with: its own defaults."""
    known = defaults(analysis)
    own = {name: known[name] for name in Choice.__dataclass_fields__ if name in known and name != "regions"}
    return Choice(analysis=analysis, **own | {"lang": lang})


def _measures(choice: Choice) -> Iterator[Choice]:
    """A choice, and the same with the other measure where the analysis asks for one."""
    yield choice
    if asks_for(choice, "measure"):
        yield from (replace(choice, measure=measure) for measure in MEASURES if measure != choice.measure)


def address_of(choice: Choice) -> str:
    """What a choice adds to the address: analysis and language, and whatever differs from what the analysis opens with.

    >>> address_of(Choice(region="wuhan", regions=("wuchang", "hongshan")))
    'analysis=trend&lang=en&region=wuhan&regions=wuchang.hongshan'
    """
    usual = _typed(start(choice.lang, choice.analysis))
    told = {name: value for name, value in _typed(choice).items() if value != usual[name]}
    return urlencode({"analysis": choice.analysis, "lang": choice.lang} | told)


def _typed(choice: Choice) -> dict[str, str]:
    """A choice as an address writes it."""
    return {name: ".".join(value) if name == "regions" else str(value) for name, value in asdict(choice).items()}


def choice_in(address: str, now: Choice) -> Choice:
    """The choice that an address asks for; what it does not name is what the analysis opens with, what is no value is left out.

    Whether there is data for it, and whether its ids exist, :meth:`Shelf.settle` decides; ``now`` is the choice that is shown.
    """
    told = dict(parse_qsl(address))
    lang = told["lang"] if told.get("lang") in LANGUAGES else now.lang
    base = start(lang, told["analysis"] if told.get("analysis") in ANALYSES else now.analysis)
    known: dict[str, Any] = {}
    for name in (field.name for field in fields(Choice) if field.name not in ("analysis", "lang")):
        value = told.get(name, "")
        if name == "regions" and value:
            known[name] = tuple(value.split("."))
        elif name in ("start_year", "end_year") and value.isdecimal():
            known[name] = int(value[:4])
        elif value and name not in ("start_year", "end_year"):
            known[name] = value
    return replace(base, **known)


def not_followed(address: str, asked: Choice, shown: Choice) -> str:
    """What an address asks for that is no value of its menu, as it was typed; what gave way for want of data is not among it.

    >>> typed = "analysis=trend&figure=pie&start_year=soon&region=wuhan"
    >>> not_followed(typed, choice_in(typed, start("en")), start("en"))
    'figure=pie, start_year=soon'
    """
    understood, seen = _typed(asked), _typed(shown)
    odd = [(name, value) for name, value in parse_qsl(address) if value != seen.get(name, value)]
    names = [f"{name}={value}" for name, value in odd if value != understood[name] or name in ("figure", "table", "regions")]
    return brief(", ".join(names), LONGEST_VALUE)
