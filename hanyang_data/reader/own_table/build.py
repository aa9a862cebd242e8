"""A dataset out of anybody's table: figures found in it, in the units of the record, each with the cell it stands in."""

import csv
import hashlib
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
from hanyang_data.reader.own_table.grids import Grid, grid_of, read_grids
from hanyang_data.reader.own_table.heads import Figure, Head, parted, plain
from hanyang_data.reader.own_table.known import Indicators, Regions
from hanyang_data.reader.own_table.layout import find
from hanyang_data.record.contract import COLUMNS, OUTTURN_VINTAGES
from hanyang_data.record.datapackage import write_descriptor
from hanyang_data.record.names import key
from hanyang_data.record.observations import Dataset, default_dataset, open_dataset
from hanyang_data.record.snapshot_files import ONCE, Oddity

Told = Mapping[str, str]
_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []  # of datasets that were given none: gone when Python ends
LEVEL_BASIS = {"percent": "rate", "count": "count", "10K_persons": "count"}
TOKEN = 20  # characters at most


def dataset_from_frame(
    frame: pd.DataFrame, region: str = "", *, indicator: str = "", indicators: Told | None = None,
    regions: Told | None = None, units: Told | None = None, as_written: Sequence[str] = (), vintage: str = "preliminary",
    published_on: str = "", title: str = "", folder: str | Path | None = None,
) -> Dataset:  # fmt: skip
    """Make a dataset of a table with years down or across, whose heads name indicators and units.

    Args:
        frame: years down and indicators across, or the other way; a column of regions, or ``region``; or one row a figure.
        region: what it is about, where the table does not say: an id, a name, or an English name of your own.
        indicator: what it is about, where it holds regions and years alone, such as ``GDP（亿元）``.
        indicators: head as it stands → id, for heads that are not understood; an id of your own makes an indicator of your own.
        regions: name as it stands → id, for regions that the package does not know.
        units: head as it stands → unit, for heads without one.
        as_written: heads of percentages that are meant as they stand: no index of 90 to 130, no fraction of one.
        vintage: what kind of figures these are: initial_estimate, preliminary, final or revised.
        published_on: since when they are public, such as 2024-03-01; by default today.
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
    told = (indicators or {}, regions or {}, units or {}, as_written)
    return _made([grid_of(frame)], folder, _Intake(region, indicator, *told, vintage, published_on or f"{date.today()}", title))


def dataset_from_file(
    file: str | Path, region: str = "", *, indicator: str = "", indicators: Told | None = None, regions: Told | None = None,
    units: Told | None = None, as_written: Sequence[str] = (), vintage: str = "preliminary", published_on: str = "",
    title: str = "", folder: str | Path | None = None,
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
    told = (indicators or {}, regions or {}, units or {}, as_written)
    day, digest = date.fromtimestamp(place.stat().st_mtime), hashlib.sha256(place.read_bytes()).hexdigest()
    return _made(grids, folder, _Intake(region, indicator, *told, vintage, published_on or f"{day}", title, digest, place.name))


def _made(grids: Sequence[Grid], folder: str | Path | None, intake: "_Intake") -> Dataset:
    if intake.vintage not in OUTTURN_VINTAGES:
        raise ParameterError(f"vintage is {intake.vintage!r}: {nearest(intake.vintage, OUTTURN_VINTAGES)}")
    for number, grid in enumerate(grids, start=1):
        intake.take(grid, number, len(grids))
    heads.check_confirmed(intake.as_written, intake.heads)
    _FOLDERS.append(tempfile.TemporaryDirectory(prefix="hanyang-"))
    trial = Path(_FOLDERS[-1].name)
    intake.write(trial)
    data = open_dataset(trial)
    if folder:  # only what is sound is put there
        place = Path(folder)
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise SnapshotError(f"{place} is there already and not empty: name a new folder")
        with writing(place, SnapshotError):
            shutil.copytree(trial, place, dirs_exist_ok=True)
        data = replace(data, path=place)
    return replace(data, oddities=tuple(intake.said))


@dataclass
class _Intake:
    """Rows of a snapshot, as they come out of the sheets of one file, and what its user says beyond what stands there."""

    region: str
    indicator: str
    indicators: Told
    regions: Told
    units: Told
    as_written: Sequence[str]
    vintage: str
    published_on: str
    title: str
    sha256: str = ""
    file: str = ""

    def __post_init__(self) -> None:
        data = default_dataset()
        self.known_regions, self.known = Regions(data, self.regions), Indicators(data, self.indicators, self.units)
        self.observations, self.sources = list[dict[str, str]](), list[dict[str, str]]()
        self.said, self.heads = list[Oddity](), list[str]()
        self.places: dict[tuple[str, ...], str] = {}

    def take(self, grid: Grid, number: int, of: int) -> None:
        """The figures of one sheet."""
        found = find(grid, self.known, self.known_regions.knows, self.indicator)
        own = self._region_of(grid, of) if any(not figure.region for figure in found.figures) else ""
        source = f"own_table_{number}" if of > 1 else "own_table"
        by_head: dict[tuple[int, Head], list[tuple[Figure, Decimal]]] = {}
        for figure in found.figures:
            place = grid.at(figure.row, figure.column)
            shown = (figure.row, figure.column) in grid.percents
            percent = figure.head.unit.base == "percent"
            cell, qualifier = parted(figure.value)
            value = heads.number_of(cell, place, percent=percent, shown_as_percent=shown, comma=grid.comma)
            if value is not None:
                stated = replace(figure, qualifier=qualifier)
                by_head.setdefault((id(figure.head), figure.head), []).append((stated, value))
        if not by_head:
            raise SnapshotError(f"{grid.name}: holds no figure")
        for (_, head), figures in by_head.items():
            self.heads.append(head.written)
            heads.check_percent(grid, head, figures, confirmed=key(head.written) in map(key, self.as_written))
            self._convert(grid, head, figures, own, source)
            self.said += heads.said_of(grid, figures)
        self.said += [Oddity(text, "", 1, ONCE) for text in (*grid.said, *found.left_out)]
        self._source(grid, source)

    def _region_of(self, grid: Grid, of: int) -> str:
        """The region of a sheet without a column of regions."""
        named = self.known_regions.knows(grid.name) and not grid.columns
        text = grid.name if named and (of > 1 or not self.region) else self.region
        if not text:
            raise SnapshotError(f"{grid.name}: does not say which region it is about: say region='汉阳'")
        return self.known_regions.id_of(text, grid.name)

    def _convert(self, grid: Grid, head: Head, figures: list[tuple[Figure, Decimal]], own: str, source: str) -> None:
        nature, growth = self.known.natures[head.indicator], head.measure == "growth"
        unit = "percent" if growth else nature.level_unit
        basis = nature.growth_basis if growth else LEVEL_BASIS.get(unit, "current_prices")
        factor = head.unit.factor(unit)
        assert factor is not None  # the head was read with it
        for figure, value in figures:
            place = grid.at(figure.row, figure.column)
            region = self.known_regions.id_of(figure.region, place) if figure.region else own
            figure_key = (region, head.indicator, head.measure, str(figure.year))
            if figure_key in self.places:
                raise SnapshotError(f"{place}: {' '.join(figure_key)} stands at {self.places[figure_key]} already: take one out")
            self.places[figure_key] = place
            heads.check_range(place, value * factor, unit, growth=growth)
            note = f"head as written: {head.written}"
            note += "" if figure.qualifier == heads.POINT else f"; cell as written: {figure.value}"
            token, converted = head.unit.token(plain(value), unit), plain(value * factor)
            self.observations.append({
                "source_id": source, "locator": grid.cell(figure.row, figure.column), "region": region,
                "indicator": head.indicator, "year": str(figure.year), "period": "annual", "concept": "outturn",
                "measure": head.measure, "value": converted, "unit": unit, "qualifier": figure.qualifier,
                "vintage": self.vintage, "basis": basis, "token": token if len(token) <= TOKEN else converted[:TOKEN],
                "reliability": "secondary", "note": note,
            })  # fmt: skip
        if factor != 1:
            first = figures[0][0]
            what = f"{head.written!r} is converted from {head.unit.written} to {unit} (× {plain(factor)})"
            self.said.append(Oddity(heads.head_place(grid, first), what, 1, ONCE))

    def _source(self, grid: Grid, source: str) -> None:
        name = f"{self.file}, {grid.name}" if self.file else grid.name
        title = self.title or name
        self.sources.append(
            {
                "source_id": source, "title_zh": title if self.file or self.title else "自有表格",
                "title_en": title if title.isascii() else "own table", "publisher": "own compilation",
                "published_on": self.published_on, "kind": "table", "region": next(iter(self.known_regions.used)),
                "sha256": self.sha256, "note": f"taken from {name}; locators are its cells", "publisher_zh": "自行整理",
            }
        )  # fmt: skip

    def write(self, folder: Path) -> None:
        """Write the snapshot folder."""
        rows = {
            "observations.csv": self.observations, "sources.csv": self.sources,
            "indicators.csv": self.known.rows(), "regions.csv": self.known_regions.rows(), "breaks.csv": [],
        }  # fmt: skip
        for name, table in rows.items():
            with (folder / name).open("w", encoding="utf-8", newline="") as handle:
                writer = csv.DictWriter(handle, COLUMNS[name], restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows(table)
        write_descriptor(folder)
