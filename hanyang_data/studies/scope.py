"""What a notebook was asked: one region, one indicator, a span of years, a vintage, a language. Checked once, used throughout."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import wraps
from inspect import signature
from typing import Any, Self, TypeVar

import pandas as pd

from hanyang_data.charts.formats import FORMATS, SIZES, TABLE_FORMATS, check_formats, check_size
from hanyang_data.errors import NoDataError, NothingToCompareError, ParameterError, nearest
from hanyang_data.record import beside, catalogue, series
from hanyang_data.record.catalogue import check_indicator, check_region, held, indicator_name, names_of, region_name
from hanyang_data.record.frames import window
from hanyang_data.record.observations import Dataset, dataset_in, once
from hanyang_data.record.values import check_implied, several, whole_year
from hanyang_data.record.vintages import day_written
from hanyang_data.statistics.gap import check_margin
from hanyang_data.statistics.shortfall import check_deflator
from hanyang_data.studies.registry import Needs, Series
from hanyang_data.words.wording import LANGUAGES, NO_WORDS, Text, language, within

# what a work report leads with: the indicators that are set beside one another unless others are asked for
HEADLINE = ("gdp", "industrial_value_added", "fixed_asset_investment", "retail_sales", "budget_revenue", "disposable_income")
LADDER = ("wuhan", "wuchang")  # whose targets stand beside those of the region unless others are asked for
Found = TypeVar("Found")
Pair = tuple[pd.DataFrame, pd.DataFrame]  # of a region and its comparator
READINGS, TARGETS = ("first", "latest"), ("original", "revised")  # vintages of outturns, of targets for one year
EVER = FIRST_YEAR, LAST_YEAR = 1949, 2100


@dataclass(frozen=True)
class Scope:
    """The question a notebook answers; regions and indicator are given by id or name, and kept as ids.

    Raises:
        UnknownIdError: for an unknown region or indicator, with the nearest ids.
        ParameterError: for years, a vintage, a day or a language that do not exist.
        SnapshotError: if ``data_dir`` holds no valid snapshot.
    """

    region: str
    indicator: str
    start_year: int  # of the window
    end_year: int
    comparator: str = ""  # the region it is compared with, if any
    vintage: str = "latest"  # or first: the reading of each year
    as_of: str = ""  # day such as 2021-06-30: what was published later does not exist; empty for no limit
    lang: str = "en"
    data_dir: str | Dataset = ""  # of another snapshot, or the snapshot itself; empty for the one of the package
    dataset: Dataset = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        data = dataset_in(self.data_dir)
        own = {"dataset": data, "region": check_region(self.region, data), "indicator": check_indicator(self.indicator, data)}
        own["comparator"] = self.comparator and catalogue.check_comparator(self.comparator, str(own["region"]), data)
        if own["comparator"] == own["region"]:
            raise NothingToCompareError(f"comparator is {own['region']!r}, the region itself: name another region")
        own |= {name: whole_year(name, getattr(self, name)) for name in ("start_year", "end_year")}
        for name, value in own.items():
            object.__setattr__(self, name, value)
        if not (self.start_year >= FIRST_YEAR and self.end_year <= LAST_YEAR):
            span = f"{self.start_year}–{self.end_year}"
            raise ParameterError(f"the years {span} are not all between {FIRST_YEAR} and {LAST_YEAR}: a slip of a digit?")
        if self.end_year < self.start_year:
            last = int(data.observations["year"].max())
            if self.start_year > last:
                known = held(data, self.indicator, [self.region], self.as_of)
                raise ParameterError(f"start_year {self.start_year}: there is data up to {last}; for {self.region} {known}")
            raise ParameterError(f"end_year {self.end_year} lies before start_year {self.start_year}: swap them")
        if self.vintage not in READINGS:
            raise ParameterError(f"vintage is {self.vintage!r}: {nearest(self.vintage, READINGS)}")
        object.__setattr__(self, "as_of", day_written(self.as_of, data.sources["known_from"].max()))
        language(self.lang)

    @classmethod
    def check(cls, parameters: Mapping[str, Any], needs: Needs) -> Self:
        """The question of a run, checked before it starts: ids, years, vintage, day, language, and what it needs."""
        parameters = usual(parameters)
        given = {"data_dir": parameters["dataset"]} if parameters.get("dataset") else {}
        scope = cls(**{f.name: parameters[f.name] for f in fields(cls) if f.init and f.name in parameters} | given)
        examples = {"comparator": "the region to compare with, such as wuhan", "indicators": "at least one, such as gdp"}
        for name, example in examples.items():
            if not parameters.get(name, True):
                raise ParameterError(f"{name} is empty: name {example}")
        ids = {"indicators": [check_indicator(name, scope.dataset) for name in parameters.get("indicators", [])],
               "regions": [check_region(name, scope.dataset) for name in parameters.get("regions", [])]}  # fmt: skip
        for name, id_ in ((name, id_) for name, listed in ids.items() for id_ in listed):
            if ids[name].count(id_) > 1:
                raise ParameterError(f"{name} names {id_!r} twice: drop one")
        if scope.comparator and scope.comparator in ids["regions"]:
            raise ParameterError(f"regions names {scope.comparator!r}, the comparator itself: drop it")
        for name, check in CHECKS.items():
            if name in parameters:
                check(parameters[name])
        scope.check_focus_year(parameters.get("focus_year", 0))
        own = {"region": scope.region, "indicator": scope.indicator, "comparator": scope.comparator}
        for one_of in needs({**parameters, **ids, **own}):
            scope.require(one_of)
        return scope

    def year_in_focus(self, asked: int, candidates: Sequence[int]) -> int:
        """The year to show across indicators: the one asked for, or the latest of those that occur most often."""
        latest_of_most = max(candidates, key=lambda year: (candidates.count(year), year), default=self.end_year)
        return self.check_focus_year(asked) or latest_of_most

    def check_focus_year(self, year: int) -> int:
        """A year of the window, or 0 for none in particular; a ParameterError for a year outside the window."""
        if (year := whole_year("focus_year", year or 0)) and year not in self.years:
            raise ParameterError(
                f"focus_year {year} lies outside {self.start_year}–{self.end_year}: take a year of the window, or 0"
            )
        return year

    @property
    def sides(self) -> tuple[str, str]:
        """Region and comparator."""
        return self.region, self.comparator

    @property
    def pair_names(self) -> dict[str, Text]:
        """Region and comparator as catalogues have them: {a} and {b}."""
        return {"a": self.region_name, "b": region_name(self.comparator, self.dataset) if self.comparator else NO_WORDS}

    @property
    def said(self) -> dict[str, Any]:
        """What sentences name: {region} or {a}, its comparator {b}, the {indicator}, {start} and {end} of the window."""
        names = {"region": self.region_name, "indicator": within(self.indicator_name)}
        return self.pair_names | names | {"start": self.start_year, "end": self.end_year}

    @property
    def years(self) -> list[int]:
        """All years of the window."""
        return list(range(self.start_year, self.end_year + 1))

    @property
    def region_name(self) -> Text:
        """The region in both languages."""
        return region_name(self.region, self.dataset)

    @property
    def indicator_name(self) -> Text:
        """The indicator in both languages."""
        return indicator_name(self.indicator, self.dataset, self.region)

    @property
    def basis(self) -> str:
        """Of which nature growth of the indicator is: real, nominal, count or rate."""
        return str(self.dataset.indicators.at[self.indicator, "growth_basis"])

    @property
    def unit(self) -> str:
        """The unit of its level."""
        return str(self.dataset.indicators.at[self.indicator, "level_unit"])

    @property
    def inside(self) -> bool:
        """Whether the comparator contains the region."""
        return bool(self.dataset.regions.at[self.region, "part_of"] == self.comparator)

    def name_of(self, indicator: str) -> Text:
        """Any indicator of the region in both languages."""
        return indicator_name(check_indicator(indicator, self.dataset), self.dataset, self.region)

    @property
    def known(self) -> dict[str, Any]:
        """What every question to the record says: the day, and the snapshot."""
        return {"as_of": self.as_of, "dataset": self.dataset}

    def outturns(self, measure: str = "growth", *, indicator: str = "", region: str = "", vintage: str = "") -> pd.DataFrame:
        """The rows on record of :func:`hanyang_data.load`, cut to the window; by default those of the scope's own series."""
        of = (indicator or self.indicator, region or self.region, measure)
        return self._cut(series.outturns(*of, vintage=vintage or self.vintage, **self.known))

    def pair(self, measure: str = "growth", *, indicator: str = "", region: str = "", whole: bool = False) -> Pair:
        """Outturns of a region and the comparator in the same kind of vintage where both have one, cut to the window or whole."""
        of = (indicator or self.indicator, (region or self.region, self.comparator), measure)
        a, b = beside.pair(*of, vintage=self.vintage, **self.known)
        return (a, b) if whole else (self._cut(a), self._cut(b))

    def targets(
        self, vintage: str = "original", measure: str = "growth", *, indicator: str = "", region: str = ""
    ) -> pd.DataFrame:
        """The rows on record of :func:`hanyang_data.targets`, cut to the window."""
        of = (indicator or self.indicator, region or self.region)
        return self._cut(beside.targets_set(*of, vintage=vintage, measure=measure, **self.known))

    def _cut(self, frame: pd.DataFrame) -> pd.DataFrame:
        return window(frame, self.start_year, self.end_year)

    def breaks(self, measure: str = "growth", *, indicator: str = "", region: str = "", which: str = "breaks") -> dict[int, Text]:
        """First year on a new basis → its label, for the breaks that part the series within the window, or its ``links``."""
        labels: Mapping[int, Text] = self.outturns(measure, indicator=indicator, region=region).attrs[which]
        return {year: label for year, label in labels.items() if self.start_year < year <= self.end_year}

    def lower_is_better(self, indicator: str = "") -> bool:
        """Whether a target of this indicator is a ceiling (prices, unemployment)."""
        return bool(self.dataset.indicators.loc[indicator or self.indicator, "better"] == "lower")

    def require(self, one_of: Sequence[Series]) -> None:
        """Stop with a NoDataError, which names the years that exist, where no series of these holds anything in the window."""
        span = (self.start_year, self.end_year)
        for region, indicator, measure, concept in one_of:
            if concept == "target":
                sets = (self.targets(vintage, measure, indicator=indicator, region=region) for vintage in TARGETS)
                there = any(map(len, sets))
            else:
                there = series.anything_printed(indicator, region, measure, span, **self.known)
            if there:
                return
        regions = list(dict.fromkeys(region for region, *_ in one_of))
        what = " or ".join(dict.fromkeys(measure for *_, measure, _ in one_of))
        years = f"{self.start_year}–{self.end_year}" + f" as known on {self.as_of}" * bool(self.as_of)
        known = held(self.dataset, self.indicator, regions, self.as_of)
        if regions == [self.comparator]:
            known += catalogue.other_comparators(
                self.dataset, (self.indicator, one_of[0][2]), (self.region, self.comparator), span
            )
        raise NoDataError(f"no {what} of {self.indicator} for {' or '.join(regions)} in {years}: {known}")


def usual(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The same parameters, lists with ids for names; what a default lists beside the question and the data lack is left out."""
    asked, names = dict(parameters), names_of(dataset_in(parameters.get("dataset") or parameters.get("data_dir", "")))
    for name, (what, listed) in {"indicators": ("indicator", HEADLINE), "regions": ("region", LADDER)}.items():
        if name in asked:
            given = several(name, asked[name])
            there = [id_ for id_ in given if id_ in names[what].ids] if given == [*listed] else given
            there = there or ([asked["indicator"]] if given and name == "indicators" else [])
            asked[name] = names[what].replaced(there)
    return asked


CHECKS: dict[str, Callable[[Any], object]] = {  # of the values that are the same for every study that asks for them
    "margin_pp": check_margin,
    "deflator_pct": check_deflator,
    "measure": series.check_measure,
    "implied": check_implied,
    "formats": lambda formats: check_formats(formats, TABLE_FORMATS),
    "size": check_size,
}


def words(dataset: Dataset) -> dict[str, list[str]]:
    """Parameter → the words it may be (of a list: its items), for whoever completes or checks params files."""
    regions, indicators = (names_of(dataset)[what].listed for what in ("region", "indicator"))
    return {
        **dict.fromkeys(("region", "comparator", "regions"), regions), **dict.fromkeys(("indicator", "indicators"), indicators),
        "measure": list(series.MEASURES), "vintage": list(READINGS), "lang": list(LANGUAGES),
        "formats": [*FORMATS, *TABLE_FORMATS], "size": list(SIZES),
    }  # fmt: skip


def span(part: pd.Series) -> str:
    """The years of a stretch, such as 2019–2024."""
    return f"{min(part.index)}–{max(part.index)}" if len(part) > 1 else str(part.index[0])


def shared(function: Callable[..., Found]) -> Callable[..., Found]:
    """Keep with the snapshot what a function finds of an indicator, ``function(scope, indicator="", **more)``.

    Whoever asks the same of the same record gets the same object, to be read and not changed: the studies of other indicators and
    languages, and the runs forked from a process that has asked. The function is asked in one language.
    """

    asks = signature(function)

    @wraps(function)
    def ask(scope: Scope, indicator: str = "", **more: Any) -> Found:
        bound = asks.bind(replace(scope, indicator=indicator or scope.indicator, lang=LANGUAGES[0]), **more)
        bound.apply_defaults()
        return once(scope.dataset, (function, *bound.arguments.values()), lambda: function(*bound.args, **bound.kwargs))

    return ask
