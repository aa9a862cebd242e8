"""What a notebook was asked: one region, one indicator, a span of years, a vintage, a language. Checked once, used throughout."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, field, fields
from itertools import product
from typing import Any

import pandas as pd

from hanyang_data.charts.formats import FORMATS, SIZES, TABLE_FORMATS, check_formats, check_size
from hanyang_data.errors import NoDataError, NothingToCompareError, ParameterError, nearest
from hanyang_data.record import series, side_by_side, target_series
from hanyang_data.record.catalogue import check_indicator, check_region, held, indicator_name, names_of, region_name
from hanyang_data.record.frames import window
from hanyang_data.record.observations import Dataset, dataset_in
from hanyang_data.record.vintages import parse_as_of
from hanyang_data.statistics.gap import check_margin
from hanyang_data.statistics.plan import check_deflator
from hanyang_data.words.wording import LANGUAGES, Text, language

# what a work report leads with: the indicators that are set beside one another unless others are asked for
HEADLINE = ("gdp", "industrial_value_added", "fixed_asset_investment", "retail_sales", "budget_revenue", "disposable_income")
READINGS = ("first", "latest")
FIRST_YEAR, LAST_YEAR = 1949, 2100


@dataclass(frozen=True)
class Scope:
    """The question a notebook answers.

    Args:
        region: the region studied, by id or name; the scope keeps the id.
        indicator: the indicator studied, the same.
        start_year: first year of the window.
        end_year: last year of the window.
        comparator: id of the region it is compared with, if any.
        vintage: ``first`` or ``latest`` reading of each year.
        as_of: day such as ``2021-06-30``: what was published later does not exist; empty for no limit.
        lang: ``en`` or ``zh``.
        data_dir: folder of another snapshot; empty for the one of the package.

    Raises:
        UnknownIdError: for an unknown region or indicator, with the nearest ids.
        ParameterError: for years, a vintage, a day or a language that do not exist.
        SnapshotError: if ``data_dir`` holds no valid snapshot.
    """

    region: str
    indicator: str
    start_year: int
    end_year: int
    comparator: str = ""
    vintage: str = "latest"
    as_of: str = ""
    lang: str = "en"
    data_dir: str = ""
    dataset: Dataset = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        data = dataset_in(self.data_dir)
        object.__setattr__(self, "dataset", data)
        object.__setattr__(self, "region", check_region(self.region, data))
        object.__setattr__(self, "indicator", check_indicator(self.indicator, data))
        if self.comparator:
            object.__setattr__(self, "comparator", check_region(self.comparator, data))
        if self.comparator == self.region:
            raise NothingToCompareError(f"comparator is {self.comparator!r}, the region itself: name another region")
        for name in ("start_year", "end_year"):
            object.__setattr__(self, name, _year(name, getattr(self, name)))
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
        parse_as_of(self.as_of)
        language(self.lang)

    @classmethod
    def check(cls, parameters: Mapping[str, Any]) -> Scope:
        """The question of a run, checked before anything is started: ids, years, vintage, day, language, and that there is data.

        Raises:
            HanyangError: the first thing that is wrong, in one sentence.
        """
        names = {f.name for f in fields(cls) if f.init}
        scope = cls(**{name: value for name, value in parameters.items() if name in names})
        if parameters.get("comparator") == "":
            raise ParameterError("comparator is empty: name the region to compare with, such as wuhan")
        if parameters.get("indicators") == []:
            raise ParameterError("indicators is empty: name at least one, such as gdp")
        for number, indicator in enumerate(listed := scope.indicator_ids(parameters.get("indicators", []))):
            if indicator in listed[:number]:
                raise ParameterError(f"indicators names {indicator!r} twice: drop one")
        for number, region in enumerate(others := scope.region_ids(parameters.get("regions", []))):
            if region in others[:number]:
                raise ParameterError(f"regions names {region!r} twice: drop one")
            if region == scope.comparator:
                raise ParameterError(f"regions names {region!r}, the comparator itself: drop it")
        if "margin_pp" in parameters:
            check_margin(parameters["margin_pp"])
        if "deflator_pct" in parameters:
            check_deflator(parameters["deflator_pct"])
        scope.check_focus_year(parameters.get("focus_year", 0))
        check_formats(parameters.get("formats", FORMATS), TABLE_FORMATS)
        check_size(parameters.get("size", SIZES[0]))
        ids, own, other = [scope.indicator, *listed], [scope.region], [scope.comparator]
        if "measure" in parameters:
            measure = series.check_measure(parameters["measure"])
            # two regions side by side, one of which may have nothing; or one against its targets
            aims = () if scope.comparator else (scope.targets(v, measure) for v in ("original", "revised"))
            scope.require([measure], ids[:1], own + other, aims)
        elif scope.comparator:
            scope.require(["growth"], ids, own)
            scope.require(["growth"], ids, other)
            scope.require(["growth"], ids[:1], own + other)
        else:
            scope.require(series.MEASURES, ids[:1], own)
        return scope

    def check_focus_year(self, year: int) -> int:
        """A year of the window, or 0 for none in particular.

        Raises:
            ParameterError: for a year outside the window.
        """
        if year and year not in self.years:
            raise ParameterError(
                f"focus_year {year} lies outside {self.start_year}–{self.end_year}: take a year of the window, or 0"
            )
        return year

    @property
    def names(self) -> dict[str, Text]:
        """The names of region, indicator and, where there is one, comparator."""
        both = {"region": self.region_name, "indicator": self.indicator_name}
        return both | ({"comparator": self.comparator_name} if self.comparator else {})

    @property
    def years(self) -> list[int]:
        """All years of the window."""
        return list(range(self.start_year, self.end_year + 1))

    @property
    def region_name(self) -> Text:
        """The region in both languages."""
        return region_name(self.region, self.dataset)

    @property
    def comparator_name(self) -> Text:
        """The comparator in both languages."""
        return region_name(self.comparator, self.dataset)

    @property
    def indicator_name(self) -> Text:
        """The indicator in both languages."""
        return indicator_name(self.indicator, self.dataset)

    def indicator_ids(self, indicators: Sequence[str]) -> list[str]:
        """The ids of indicators that are given by id or name."""
        return [check_indicator(indicator, self.dataset) for indicator in indicators]

    def region_ids(self, regions: Sequence[str]) -> list[str]:
        """The same for regions."""
        return [check_region(region, self.dataset) for region in regions]

    def name_of(self, indicator: str) -> Text:
        """Any indicator in both languages."""
        return indicator_name(check_indicator(indicator, self.dataset), self.dataset)

    def outturns(self, measure: str = "growth", *, indicator: str = "", region: str = "", vintage: str = "") -> pd.DataFrame:
        """The rows on record of :func:`hanyang_data.load`, cut to the window; by default those of the scope's own series."""
        frame = series.outturns(
            indicator or self.indicator,
            region or self.region,
            measure,
            vintage=vintage or self.vintage,
            as_of=self.as_of,
            dataset=self.dataset,
        )
        return window(frame, self.start_year, self.end_year)

    def pair(self, measure: str = "growth", *, indicator: str = "") -> tuple[pd.DataFrame, pd.DataFrame]:
        """The outturns of the region and its comparator in the same kind of vintage where both have one, cut to the window."""
        a, b = side_by_side.pair(
            indicator or self.indicator,
            (self.region, self.comparator),
            measure,
            vintage=self.vintage,
            as_of=self.as_of,
            dataset=self.dataset,
        )
        return window(a, self.start_year, self.end_year), window(b, self.start_year, self.end_year)

    def targets(
        self, vintage: str = "original", measure: str = "growth", *, indicator: str = "", region: str = ""
    ) -> pd.DataFrame:
        """The rows on record of :func:`hanyang_data.targets`, cut to the window."""
        frame = target_series.targets_set(
            indicator or self.indicator,
            region or self.region,
            vintage=vintage,
            measure=measure,
            as_of=self.as_of,
            dataset=self.dataset,
        )
        return window(frame, self.start_year, self.end_year)

    def breaks(self, measure: str = "growth", *, indicator: str = "", region: str = "") -> dict[int, Text]:
        """First year on a new basis → its label, for the breaks that part the series within the window."""
        return self._within(self.outturns(measure, indicator=indicator, region=region).attrs["breaks"])

    def links(self, *, indicator: str = "", region: str = "") -> dict[int, Text]:
        """The same for the breaks over which published growth is joined."""
        return self._within(self.outturns(indicator=indicator, region=region).attrs["links"])

    def _within(self, labels: Mapping[int, Text]) -> dict[int, Text]:
        return {year: label for year, label in labels.items() if self.start_year < year <= self.end_year}

    def lower_is_better(self, indicator: str = "") -> bool:
        """Whether a target of this indicator is a ceiling (prices, unemployment)."""
        return bool(self.dataset.indicators.loc[indicator or self.indicator, "better"] == "lower")

    def require(
        self, measures: Sequence[str], indicators: Sequence[str], regions: Sequence[str], others: Iterable[Sized] = ()
    ) -> None:
        """Stop with one sentence where no outturn of any of these series, and none of ``others``, holds anything in the window.

        Raises:
            NoDataError: naming what was asked and the years that exist.
        """
        span = (self.start_year, self.end_year)
        for of in product(indicators, filter(None, regions), measures):
            if series.anything_printed(*of, span, as_of=self.as_of, dataset=self.dataset):
                return
        if any(len(frame) for frame in others):
            return
        kind = " or ".join(measures)
        known = held(self.dataset, self.indicator, [self.region, self.comparator], self.as_of)
        what = f"{kind} of {self.indicator} for {' or '.join(filter(None, [self.region, self.comparator]))}"
        day = f" as known on {self.as_of}" if self.as_of else ""
        raise NoDataError(f"no {what} in {self.start_year}–{self.end_year}{day}: {known}")


def words(dataset: Dataset) -> dict[str, list[str]]:
    """Parameter → the words it may be (of a list: its items), for whoever completes or checks params files."""
    regions, indicators = (names_of(dataset)[what].listed for what in ("region", "indicator"))
    return {
        "region": regions,
        "comparator": regions,
        "regions": regions,
        "indicator": indicators,
        "indicators": indicators,
        "measure": list(series.MEASURES),
        "vintage": list(READINGS),
        "lang": list(LANGUAGES),
        "formats": [*FORMATS, *TABLE_FORMATS],
        "size": list(SIZES),
    }


def _year(name: str, value: object) -> int:
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise ParameterError(f"{name} is {value!r}: a year is a whole number such as 2017, without quotes") from None
