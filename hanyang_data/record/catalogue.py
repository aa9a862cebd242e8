"""What exists: regions, indicators, sources, and which years of what the record holds."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from itertools import islice, product
from operator import itemgetter
from types import MappingProxyType

import pandas as pd

from hanyang_data.errors import NoDefaultError, ParameterError, UnknownIdError
from hanyang_data.record.contract import VOCABULARY
from hanyang_data.record.names import Named, Names
from hanyang_data.record.observations import Dataset, default_dataset, kept, once
from hanyang_data.record.vintages import known_on
from hanyang_data.words.wording import Text, inside, language, year_list

DEFAULTS = ("hanyang", "wuhan")  # region and comparator of functions and notebooks where none is named
GDP = ("地区生产总值", "国内生产总值")  # of a region, of a nation
MEASURES, CONCEPTS = (VOCABULARY["observations.csv"][column] for column in ("measure", "concept"))


def check_region(region: str, dataset: Dataset) -> str:
    """The id of a region by its id, its English or Chinese name, short or long, or an alias.

    >>> check_region("汉阳", default_dataset())
    'hanyang'
    """
    names = names_of(dataset)["region"]
    _refuse_default("region", region, names, (row.id for row in names.rows))
    try:
        return names.id_of(region)
    except UnknownIdError as error:
        slip = not isinstance(region, str) or names.ids_of(region) or get_close_matches(str(region), names.ids, cutoff=0.8)
        if dataset is default_dataset() and not slip:
            error.args = (f"{error}; a region of data of your own needs --data (in Python dataset=)",)
        raise


def _refuse_default(parameter: str, given: str, names: Names, others: Iterable[str]) -> None:
    """Nobody may have typed a default: where the data do not hold it, it is not called a slip."""
    if given in DEFAULTS and not names.ids_of(given):
        raise NoDefaultError(parameter, given, others)


def check_comparator(name: str, region: str, dataset: Dataset) -> str:
    """The id of the region to compare with; one that the data do not have is refused with those they have."""
    names = names_of(dataset)["region"]
    others = sorted(names.ids - {region})
    if not others:
        raise ParameterError(f"comparator is {name!r}, and the data hold no second region: take in a table with the city too")
    holds = dataset.regions.at[region, "part_of"]
    _refuse_default("comparator", name, names, [holds] if holds in others else others)
    if isinstance(name, str) and not names.ids_of(name):
        raise UnknownIdError("comparator", name, others)
    return check_region(name, dataset)


def check_indicator(indicator: str, dataset: Dataset) -> str:
    """The id of an indicator by its id, its English or Chinese name, or an alias.

    >>> check_indicator("社零", default_dataset())
    'retail_sales'
    """
    return names_of(dataset)["indicator"].id_of(indicator)


def region_or_new(region: str, dataset: Dataset) -> str:
    """The id of a region by its id or a name; what names none that is known is the id of a new one.

    >>> region_or_new("汉阳", default_dataset()), region_or_new("chengdu", default_dataset())
    ('hanyang', 'chengdu')
    """
    names = names_of(dataset)["region"]
    return names.id_of(region) if names.ids_of(region) else region


def series_ids(indicator: str, region: str, data: Dataset) -> tuple[str, str]:
    """The ids of a series by its names, so that what is kept and what is returned carry ids alone."""
    return check_indicator(indicator, data), check_region(region, data)


def names_of(data: Dataset) -> dict[str, Names]:
    """The names of the regions and of the indicators of a snapshot."""
    columns, tables = ["name_en", "name_zh", "aliases"], {"region": data.regions, "indicator": data.indicators}

    def read() -> dict[str, Names]:
        rows = {what: table[columns].itertuples(name=None) for what, table in tables.items()}
        return {what: Names(what, [Named(str(id_), *names) for id_, *names in of]) for what, of in rows.items()}

    return once(data, ("names",), read)


def region_name(region: str, dataset: Dataset | None = None) -> Text:
    """The name of a region in both languages."""
    row = (dataset or default_dataset()).regions.loc[region]
    return Text(row["name_en"], row["name_zh"])


def indicator_name(indicator: str, dataset: Dataset | None = None, region: str = "") -> Text:
    """The name of an indicator in both languages; in Chinese the GDP of a nation has a name of its own."""
    data = dataset or default_dataset()
    en, zh = (data.indicators.at[indicator, f"name_{lang}"] for lang in ("en", "zh"))
    return Text(en, zh.replace(*GDP) if data.regions["level"].get(region) == "nation" else zh)


def catalog(dataset: Dataset | None = None) -> pd.DataFrame:
    """List every series of the snapshot.

    Returns:
        A frame with one row per region, indicator, concept, measure and period (:func:`load` serves ``annual`` unless told),
        and the columns ``region, indicator, concept, measure, period, unit, first_year, last_year, years`` (with a number),
        ``worded_years`` (years with wording only) and ``rows`` (printed figures), in the order of the files of regions and
        indicators.

    Example:
        >>> catalog().query("region == 'hanyang' and indicator == 'gdp'")  # doctest: +SKIP
    """
    data = dataset or default_dataset()
    obs = data.observations
    keys = ["region", "indicator", "concept", "measure", "period"]
    numbered = obs.assign(numbered=obs["year"].where(obs["value"].notna()))
    table = numbered.groupby(keys, sort=False).agg(
        unit=("unit", "first"), first_year=("year", "min"), last_year=("year", "max"), years=("numbered", "nunique"),
        all_years=("year", "nunique"), rows=("year", "size"),
    )  # fmt: skip
    table = table.assign(worded_years=table["all_years"] - table["years"]).drop(columns="all_years").reset_index()
    order = {"region": data.regions.index, "indicator": data.indicators.index}
    ranks = table.assign(**{key: table[key].map({id_: i for i, id_ in enumerate(ids)}) for key, ids in order.items()})
    table = table.loc[ranks.sort_values(keys).index].reset_index(drop=True)
    columns = [*keys, "unit", "first_year", "last_year", "years", "worded_years", "rows"]
    return table[columns]


def held(dataset: Dataset, indicator: str, regions: Sequence[str], as_of: str = "", period: str = "annual") -> str:
    """What the record holds of one indicator in some regions, for the sentence that says what it does not hold."""
    obs = dataset.observations
    indicator, regions = check_indicator(indicator, dataset), [check_region(r, dataset) for r in regions if r]
    series = product(set(regions), [indicator], MEASURES, CONCEPTS, [period])
    rows = known_on(obs.take(sorted(place for of in series for place in dataset.places.get(of, []))), as_of)
    vintage = (rows["vintage"] + " ").where(rows["concept"] == "target", "")
    kind = vintage + rows["measure"] + " " + rows["concept"]
    listed = [f"{name}s of {year_list(sorted(set(years))).en}" for name, years in rows["year"].groupby(kind, sort=False)]
    return f"the record holds {'; '.join(listed) or 'nothing on it (see hanyang list series)'}"


def other_comparators(dataset: Dataset, of: tuple[str, str], pair: tuple[str, str], years: tuple[int, int]) -> str:
    """For which years the first of a pair has what the second lacks, an indicator and measure, and which regions have it too."""
    own = dataset.series(pair[0], *of, "outturn")["year"]
    has = f"; {pair[0]} has it for {year_list(sorted(set(own))).en}" if len(own) else ""
    found = ((str(id_), dataset.series(str(id_), *of, "outturn")["year"]) for id_ in dataset.regions.index if id_ not in pair)
    others = list(islice((id_ for id_, printed in found if printed.between(*years).any()), 3))
    return f"{has}; name another comparator" + (f", such as {', '.join(others)}" if others else "")


def cite(frame: pd.DataFrame | Iterable[str], lang: str = "en", dataset: Dataset | None = None) -> str:
    """Name the sources of the rows in ``frame``, in order of publication, each once.

    Args:
        frame: a frame of :func:`load`, :func:`targets` or any frame with a ``source_id``, or source ids.
        lang: ``en`` or ``zh``.
        dataset: the snapshot the frame came from; by default the one of the package.

    Returns:
        One line: publisher, title (date), title (date); publisher, …

    Raises:
        UnknownIdError: for a source id that the snapshot does not list.

    Example:
        >>> cite(["hanyang_gwr_2018"])
        "Hanyang District People's Government, Government Work Report 2018 (2017-12-26)"
    """
    data = dataset or default_dataset()
    lang = language(lang)
    ids = source_ids(frame) if isinstance(frame, pd.DataFrame) else frame
    if isinstance(ids, str | pd.Series) or not isinstance(ids, Iterable):
        raise ParameterError("cite() takes a frame with a source_id column, as load() returns it, or a list of source ids")
    told = _citable(data, lang)
    unique = list(dict.fromkeys(id_ for id_ in ids if id_))
    for id_ in unique:
        if id_ not in told:
            error = UnknownIdError("source", id_, data.sources.index)
            own = "; if the frame is of data of your own, say dataset=" if dataset is None else ""
            error.args = (f"{error}{own}",)
            raise error
    by_publisher: dict[str, list[str]] = {}
    for _, publisher, title in sorted((told[id_] for id_ in unique), key=itemgetter(0)):
        by_publisher.setdefault(publisher, []).append(title)
    after, between, apart = ("：", "、", "；") if lang == "zh" else (", ", ", ", "; ")
    return apart.join(publisher + after + between.join(titles) for publisher, titles in by_publisher.items())


def source_ids(frame: pd.DataFrame) -> list[str] | None:
    """The sources that the rows of a frame name, or None where it has no such column; one cell may name several (``a, b``)."""
    told = frame.index.to_frame() if frame.index.name == "source_id" else frame
    columns = [column for column in told.columns if str(column).endswith("source_id")]
    cells = (cell for column in columns for cell in told[column] if isinstance(cell, str))
    return [id_ for cell in cells for id_ in cell.split(", ")] if columns else None


@kept
def _citable(data: Dataset, lang: str) -> Mapping[str, tuple[float, str, str]]:
    """Of each source its place in the order of publication, its publisher, and its title with the day."""
    rows = data.sources
    publisher, titles = rows["publisher"], rows["title_en"] + " (" + rows["published_on"] + ")"
    if lang == "zh":
        publisher = rows["publisher_zh"].where(rows["publisher_zh"] != "", publisher)
        titles = "《" + rows["title_zh"].map(inside) + "》（" + rows["published_on"] + "）"
    order = rows["known_from"].rank(method="dense", na_option="bottom")
    return MappingProxyType(dict(zip(rows.index, zip(order, publisher, titles, strict=True), strict=True)))
