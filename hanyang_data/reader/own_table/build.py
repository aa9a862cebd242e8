"""A dataset out of anybody's table: figures found in it, in the units of the record, each with the cell it stands in."""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd

from hanyang_data.errors import ParameterError, SnapshotError, nearest
from hanyang_data.files import writing
from hanyang_data.reader.own_table import heads
from hanyang_data.reader.own_table.cells import is_figure, plain
from hanyang_data.reader.own_table.grids import Grid, grid_of, read_grids
from hanyang_data.reader.own_table.heads import Figure, Head
from hanyang_data.reader.own_table.known import Indicators
from hanyang_data.reader.own_table.layout import find
from hanyang_data.reader.own_table.regions import Regions
from hanyang_data.record.contract import COLUMNS, OUTTURN_VINTAGES, RELIABILITY
from hanyang_data.record.datapackage import write_descriptor
from hanyang_data.record.lenient import Cell, cleaned
from hanyang_data.record.names import key
from hanyang_data.record.observations import Dataset, default_dataset, open_dataset
from hanyang_data.record.snapshot_files import ONCE, Oddity
from hanyang_data.record.vintages import latest_day

Told = Mapping[str, str]
_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []  # of datasets that were given none: gone when Python ends
LEVEL_BASIS = {"percent": "rate", "count": "count", "10K_persons": "count"}
OWN = ("own table", "自有表格")


def dataset_from_frame(
    frame: pd.DataFrame, region: str = "", *, indicator: str = "", indicators: Told | None = None,
    regions: Told | None = None, part_of: str | Told = "", units: Told | None = None, as_written: Sequence[str] = (),
    vintage: str = "preliminary", reliability: str = "reprint", published_on: str = "", targets_published_on: str = "",
    title: str = "", folder: str | Path | None = None,
) -> Dataset:  # fmt: skip
    """Make a dataset of a table with years down or across, whose heads name indicators and units.

    Args:
        frame: years down and indicators across, or the other way; a column of regions, or ``region``; or one row a figure.
        region: what it is about, where the table does not say: an id, a name, or an English name of your own.
        indicator: what it is about, where it holds regions and years alone, such as ``GDP（亿元）``.
        indicators: head as it stands → id, for heads that are not understood; an id of your own makes an indicator of your own.
            Behind it, parted by commas, may stand its English name, ``lower`` where less of it is better, and whether its
            growth is ``real`` or ``nominal``: ``"pm25, PM2.5 concentration, lower"``.
        regions: name as it stands → id, for regions that the package does not know.
        part_of: region → the city that it is part of, or that of all regions of your own; by default the one city among them.
        units: head as it stands → unit, for heads without one.
        as_written: heads of percentages that are meant as they stand: no index of 90 to 130, no fraction of one.
        vintage: what kind of figures these are: initial_estimate, preliminary, final or revised.
        reliability: official, published by whoever made them; reprint, an official text carried by others, as a yearbook
            typed into a table is; or secondary, neither, which figures mark.
        published_on: since when they are public, such as 2024-03-01; by default today.
        targets_published_on: the same of targets, of which it must be said: such as 01-15 of the year of each, or a day.
        title: what figures cite as their source.
        folder: where to keep it as a snapshot folder; by default nowhere.

    Returns:
        A dataset for ``dataset=`` of all calls; ``oddities`` lists each unit that was converted and what was left out.

    Raises:
        SnapshotError: asking in one sentence, with the cell, for what has no or two readings.
        ParameterError: for a vintage that does not exist.

    Example:
        >>> import pandas as pd
        >>> import hanyang_data as hd
        >>> table = pd.DataFrame({"年份": ["2022年", "2023年"], "地区生产总值（万亿元）": [1.89, 2.0]})
        >>> data = hd.dataset_from_frame(table, region="武汉")
        >>> hd.load("GDP", "武汉", "level", dataset=data)["value"].tolist()
        [18900.0, 20000.0]
    """
    told = (indicators or {}, regions or {}, part_of, units or {}, as_written, vintage, reliability)
    intake = _Intake(region, indicator, *told, published_on or f"{date.today()}", targets_published_on, title)
    return _made([grid_of(frame)], folder, intake)


def dataset_from_file(
    file: str | Path, region: str = "", *, indicator: str = "", indicators: Told | None = None, regions: Told | None = None,
    part_of: str | Told = "", units: Told | None = None, as_written: Sequence[str] = (), vintage: str = "preliminary",
    reliability: str = "reprint", published_on: str = "", targets_published_on: str = "", title: str = "",
    folder: str | Path | None = None,
) -> Dataset:  # fmt: skip
    """The same of an Excel, CSV or Stata file; each sheet may be a region or hold a column of regions.

    Args:
        file: .xlsx, .csv, .tsv, .txt or .dta.
        region: this and the others as of :func:`dataset_from_frame`; ``published_on`` is by default the day on which the file
            was last changed, ``title`` the name of the file and of the sheet.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> file = Path(tempfile.mkdtemp()) / "my.csv"
        >>> _ = file.write_text("指标,2022年,2023年\\n社零（万元）,82000000,87000000\\n", encoding="gbk")
        >>> data = dataset_from_file(file, region="汉阳")
        >>> str(data.oddities[0])
        "my, cell A2: '社零（万元）' is converted from 万元 to CNY_100M (× 0.0001)"
    """
    place = Path(file)
    grids = read_grids(place)
    told = (indicators or {}, regions or {}, part_of, units or {}, as_written, vintage, reliability)
    day, digest = date.fromtimestamp(place.stat().st_mtime), hashlib.sha256(place.read_bytes()).hexdigest()
    said = (published_on or f"{day}", targets_published_on, title, digest, place.name)
    return _made(grids, folder, _Intake(region, indicator, *told, *said))


def _made(grids: Sequence[Grid], folder: str | Path | None, intake: "_Intake") -> Dataset:
    for number, grid in enumerate(grids, start=1):
        intake.take(grid, number, len(grids))
    if not intake.observations:
        raise SnapshotError(f"{intake.file}: holds no figure")
    known = {key(head): head for head in intake.heads}
    if missing := [head for head in intake.as_written if key(head) not in known]:
        near = nearest(missing[0], known.values())
        raise ParameterError(f"--as-written {missing[0]}: no figures stand under this head: {near}")
    _FOLDERS.append(tempfile.TemporaryDirectory(prefix="hanyang-"))
    trial = Path(_FOLDERS[-1].name)
    intake.said += [Oddity(text, "", 1, ONCE) for text in (*intake.known.assumed(), *intake.known_regions.nest())]
    intake.write(trial)
    try:
        data = open_dataset(trial)
    except SnapshotError as error:  # nobody knows the folder that it names
        raise SnapshotError(str(error).replace(f"{trial}{os.sep}", "").replace(str(trial), "the table")) from None
    if folder:  # only what is sound is put there
        place = Path(folder)
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise SnapshotError(f"{place} is there already and not empty: name a new folder")
        with writing(place, SnapshotError):
            shutil.copytree(trial, place, dirs_exist_ok=True)
        data = replace(data, path=place)
    return replace(data, oddities=tuple(intake.said))


def day_of(name: str, text: str, *, own_year: bool = False) -> str:
    """A day, month or year as the record writes it; where each year has its own, also one without its year.

    >>> day_of("published_on", "2024年3月1日"), day_of("published_on", "2024/3")
    ('2024-03-01', '2024-03')
    >>> day_of("targets_published_on", "1月15日", own_year=True)
    '01-15'
    """
    mark = "年" if "月" in text else "/" if "/" in text else "-"
    year = f"2000{mark}" if own_year and not re.match(r"\d{4}", text) else ""  # any leap year
    day = cleaned(Cell(year + text), "sources.csv", "published_on")[0]
    try:
        date.fromisoformat((day + "-01-01")[: len("2024-01-01")])
    except ValueError:
        raise ParameterError(f"--{name.replace('_', '-')} is {text!r}: write a day such as 2024-03-01") from None
    return day.removeprefix("2000-") if year else day


@dataclass
class _Intake:
    """Rows of a snapshot, as they come out of the sheets of one file, and what its user says beyond what stands there."""

    region: str
    indicator: str
    indicators: Told
    regions: Told
    part_of: str | Told
    units: Told
    as_written: Sequence[str]
    vintage: str
    reliability: str
    published_on: str
    targets_published_on: str
    title: str
    sha256: str = ""
    file: str = ""

    def __post_init__(self) -> None:
        for name, words in (("vintage", OUTTURN_VINTAGES), ("reliability", RELIABILITY)):
            if (given := getattr(self, name)) not in words:
                raise ParameterError(f"{name} is {given!r}: {nearest(given, words)}")
        self.published_on = day_of("published_on", self.published_on)
        if self.targets_published_on:
            self.targets_published_on = day_of("targets_published_on", self.targets_published_on, own_year=True)
        data = default_dataset()
        self.known_regions, self.known = Regions(data, self.regions, self.part_of), Indicators(data, self.indicators, self.units)
        self.observations, self.sources = list[dict[str, str]](), dict[str, dict[str, str]]()
        self.said, self.heads = list[Oddity](), list[str]()
        self.places: dict[tuple[str, ...], str] = {}

    def take(self, grid: Grid, number: int, of: int) -> None:
        """The figures of one sheet."""
        if of > 1 and not any(is_figure(cell) for row in grid.rows for cell in row):
            self.said.append(Oddity(f"{grid.name}: holds no figures and is left out", "", 1, ONCE))
            return
        found, left_out = find(grid, self.known, self.known_regions.knows, self.indicator, of=of)
        own = ""
        if any(not figure.region for figure in found):  # a sheet without a column of regions
            named = self.known_regions.knows(grid.name) and not grid.columns
            text = grid.name if named and (of > 1 or not self.region) else self.region
            if not text:
                raise SnapshotError(f"{grid.name}: does not say which region it is about: say {heads.option('region', '汉阳')}")
            own = self.known_regions.id_of(text, grid.name)
        source = f"own_table_{number}" if of > 1 else "own_table"
        by_head: dict[tuple[int, Head], list[Figure]] = {}
        for stated in heads.read_all(found, grid):
            by_head.setdefault((id(stated.head), stated.head), []).append(stated)
        if not by_head:
            raise SnapshotError(f"{grid.name}: holds no figure")
        for (_, head), figures in by_head.items():
            self.heads.append(head.written)
            heads.check_percent(grid, head, figures, confirmed=key(head.written) in map(key, self.as_written))
            self.known.settle(head, figures)
            self._convert(grid, head, figures, own, source)
            self.said += heads.said_of(grid, figures)
        self.said += [Oddity(text, "", 1, ONCE) for text in (*grid.said, *left_out)]

    def _convert(self, grid: Grid, head: Head, figures: list[Figure], own: str, source: str) -> None:
        nature, growth = self.known.natures[head.indicator], head.measure == "growth"
        unit = "percent" if growth else nature.level_unit
        basis = nature.growth_basis if growth else LEVEL_BASIS.get(unit, "current_prices")
        factor = head.unit.factor(unit)
        assert factor is not None  # the head was read with it
        target = head.concept == "target"
        for figure in figures:
            place = grid.at(figure.row, figure.column)
            region = self.known_regions.id_of(figure.region, place) if figure.region else own
            vintage = "original" if target else figure.vintage or self.vintage
            figure_key = (region, head.indicator, head.measure, *[head.concept] * target, str(figure.year))
            if figure_key in self.places:
                raise SnapshotError(f"{place}: {' '.join(figure_key)} stands at {self.places[figure_key]} already: take one out")
            self.places[figure_key] = place
            note = f"head as written: {head.written}" + f"; cell as written: {figure.value}" * bool(figure.said.worded)
            numbers = figure.numbers(factor)
            for number in filter(None, numbers):
                heads.check_range(place, Decimal(number), unit, growth=growth)
            self.observations.append({
                "source_id": self._source(grid, source, figure, region), "locator": grid.cell(figure.row, figure.column),
                "region": region, "indicator": head.indicator, "year": str(figure.year), "period": "annual",
                "concept": head.concept, "measure": head.measure, "value": numbers[0], "value_high": numbers[1], "unit": unit,
                "qualifier": figure.said.qualifier, "vintage": vintage, "basis": basis,
                "token": figure.token(factor, unit), "reliability": self.reliability,
                "note": note,
            })  # fmt: skip
        if factor != 1:
            what = f"{head.written!r} is converted from {head.unit.written} to {unit} (× {plain(factor)})"
            self.said.append(Oddity(heads.head_place(grid, figures[0]), what, 1, ONCE))

    def _source(self, grid: Grid, source: str, figure: Figure, region: str) -> str:
        """The id of the source of a figure; targets have their own, as they are public since another day."""
        day, target, now = self.published_on, figure.head.concept == "target", latest_day()
        if target:
            if not self.targets_published_on:
                say = f"{heads.option('targets_published_on', '01')} for January of each year, or a day"
                what = f"{figure.head.written!r} is a target: say since when it was public"
                raise SnapshotError(f"{heads.head_place(grid, figure)}: {what}, such as {say}")
            own_year = not re.match(r"\d{4}", self.targets_published_on)
            day = f"{figure.year}-{self.targets_published_on}" if own_year else self.targets_published_on
            source += f"_targets_{figure.year}" if own_year else "_targets"
        elif figure.year > int(now[:4]):
            what = f"{figure.year} is still to come: take the figure out, or say in its head that it is a target (目标)"
            raise SnapshotError(f"{grid.at(figure.row, figure.column)}: {what}")
        if day > now or (not target and int(day[:4]) < figure.year):
            say = heads.option("targets_published_on" if target else "published_on", f"{date.today()}")
            what = f"a {'target' if target else 'figure'} of {figure.year} cannot be public since {day}: say since when it is"
            raise SnapshotError(f"{grid.at(figure.row, figure.column)}: {what}, such as {say}")
        sheet = grid.name if grid.name != Path(self.file).stem else ""
        name = ", ".join(filter(None, (self.file, sheet)))
        title_en, title_zh = [self.title or name] * 2 if self.title or self.file else OWN
        made = {
            "source_id": source, "title_zh": title_zh, "title_en": title_en, "publisher": "own compilation",
            "published_on": day, "kind": "table", "region": region, "sha256": self.sha256,
            "note": f"taken from {name}; locators are its cells", "publisher_zh": "自行整理",
        }  # fmt: skip
        self.sources.setdefault(source, made)
        return source

    def write(self, folder: Path) -> None:
        """Write the snapshot folder."""
        rows = {
            "observations.csv": self.observations, "sources.csv": [*self.sources.values()],
            "indicators.csv": self.known.rows(), "regions.csv": self.known_regions.rows(), "breaks.csv": [],
        }  # fmt: skip
        for name, table in rows.items():
            pd.DataFrame(table, columns=COLUMNS[name]).to_csv(folder / name, index=False, lineterminator="\n")
        write_descriptor(folder)
