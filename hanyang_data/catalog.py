"""What exists: regions, indicators, sources, and which years of what the record holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from hanyang_data.errors import ParameterError, UnknownIdError
from hanyang_data.observations import Dataset, default_dataset
from hanyang_data.vintages import known_on
from hanyang_data.wording import Text, language, year_list


def check_region(region: str, dataset: Dataset) -> str:
    """``region`` itself if the snapshot knows it.

    Raises:
        UnknownIdError: listing the nearest ids.
    """
    if not isinstance(region, str) or region not in dataset.regions.index:
        raise UnknownIdError("region", region, _named(region, dataset.regions))
    return region


def check_indicator(indicator: str, dataset: Dataset) -> str:
    """``indicator`` itself if the snapshot knows it.

    Raises:
        UnknownIdError: listing the nearest ids.
    """
    if not isinstance(indicator, str) or indicator not in dataset.indicators.index:
        raise UnknownIdError("indicator", indicator, _named(indicator, dataset.indicators))
    return indicator


def _named(found: object, table: pd.DataFrame) -> pd.Index:
    """The ids a user may have meant: the one whose name was given, or all."""
    name = str(found).strip().lower()
    meant = (
        table["name_en"].str.lower().eq(name) | table["name_zh"].eq(name) | table["name_zh"].str.rstrip("区市").eq(name)
    )
    return table.index[meant] if meant.any() else table.index


def region_name(region: str, dataset: Dataset | None = None) -> Text:
    """The name of a region in both languages."""
    row = (dataset or default_dataset()).regions.loc[region]
    return Text(row["name_en"], row["name_zh"])


def indicator_name(indicator: str, dataset: Dataset | None = None) -> Text:
    """The name of an indicator in both languages."""
    row = (dataset or default_dataset()).indicators.loc[indicator]
    return Text(row["name_en"], row["name_zh"])


def catalog(dataset: Dataset | None = None) -> pd.DataFrame:
    """List every series of the snapshot.

    Returns:
        A frame with one row per region, indicator, concept, measure and period (``annual`` is what :func:`load` serves)
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
        unit=("unit", "first"),
        first_year=("year", "min"),
        last_year=("year", "max"),
        years=("numbered", "nunique"),
        all_years=("year", "nunique"),
        rows=("year", "size"),
    )
    table = table.assign(worded_years=table["all_years"] - table["years"]).drop(columns="all_years").reset_index()
    order = {"region": data.regions.index, "indicator": data.indicators.index}
    ranks = table.assign(**{key: table[key].map({id_: i for i, id_ in enumerate(ids)}) for key, ids in order.items()})
    table = table.loc[ranks.sort_values(keys).index].reset_index(drop=True)
    columns = [*keys, "unit", "first_year", "last_year", "years", "worded_years", "rows"]
    return table[columns]


def held(dataset: Dataset, indicator: str, regions: Sequence[str], as_of: str = "") -> str:
    """What the record holds of one indicator in some regions, for the sentence that says what it does not hold."""
    obs = dataset.observations
    ours = obs["indicator"].eq(indicator) & obs["region"].isin(regions) & obs["period"].eq("annual")
    rows = known_on(obs[ours], as_of)
    vintage = (rows["vintage"] + " ").where(rows["concept"] == "target", "")
    kind = vintage + rows["measure"] + " " + rows["concept"]
    listed = [
        f"{name}s of {year_list(sorted(set(years))).en}" for name, years in rows["year"].groupby(kind, sort=False)
    ]
    return (
        f"the record holds {'; '.join(listed)}"
        if listed
        else "the record holds nothing on it (see hanyang list series)"
    )


def cite(frame: pd.DataFrame | Iterable[str], lang: str = "en", dataset: Dataset | None = None) -> str:
    """Name the sources of the rows in ``frame``, in order of publication, each once.

    Args:
        frame: a frame of :func:`load`, :func:`targets` or any frame with a ``source_id`` column, or source ids.
        lang: ``en`` or ``zh``.
        dataset: the snapshot the frame came from; by default the one of the package.

    Returns:
        One line: publisher, title (date), title (date); publisher, …

    Raises:
        UnknownIdError: for a source id that the snapshot does not list.
    """
    data = dataset or default_dataset()
    lang = language(lang)
    whole = frame if isinstance(frame, pd.DataFrame) else None
    if (
        isinstance(frame, str | pd.Series)
        or not isinstance(frame, Iterable)
        or (whole is not None and "source_id" not in whole)
    ):
        raise ParameterError(
            "cite() takes a frame with a source_id column, as load() returns it, or a list of source ids"
        )
    ids = frame["source_id"] if isinstance(frame, pd.DataFrame) else frame
    unique = list(dict.fromkeys(id_ for id_ in ids if id_))
    for id_ in unique:
        if id_ not in data.sources.index:
            raise UnknownIdError("source", id_, data.sources.index)
    rows = data.sources.loc[unique].sort_values("known_from", kind="stable")
    if lang == "zh":
        publisher = rows["publisher_zh"].where(rows["publisher_zh"] != "", rows["publisher"])
        titles = "《" + rows["title_zh"] + "》（" + rows["published_on"] + "）"
        return "；".join(name + "：" + "、".join(group) for name, group in titles.groupby(publisher, sort=False))
    titles = rows["title_en"] + " (" + rows["published_on"] + ")"
    return "; ".join(name + ", " + ", ".join(group) for name, group in titles.groupby(rows["publisher"], sort=False))
