"""Frames as files for who goes on elsewhere: Excel, CSV, Arrow (Parquet) and Stata; numbers stay numbers, text stays text.

Parquet is written and read by DuckDB: pandas alone writes none, and with pyarrow beside it takes half as much memory again. Word
and Excel files note when they were written; these do not, so that equal content is equal bytes.
"""

import json
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import infer_dtype, is_bool_dtype, is_datetime64_dtype, is_float_dtype, is_numeric_dtype, is_scalar

from hanyang_data.errors import HanyangError, ParameterError, nearest, shown
from hanyang_data.extras import imported
from hanyang_data.files import whole
from hanyang_data.record.catalogue import cite, source_ids
from hanyang_data.record.observations import Dataset
from hanyang_data.studies.tables import COLUMNS, NUMBER, columns_in
from hanyang_data.words.messages import Text

NAME, LABEL = 32, 80  # characters that Stata allows in a name and in a label
TOLD = ("indicator", "region", "measure", "period")  # what a frame of the record is of, as its attrs say
RESERVED = {"if", "in", "using", "with", "long", "int", "float", "double", "byte", "str", "strl"}  # of Stata
NAMED, LABELS = (".parquet", ".dta"), "labels"  # those with names for programs; what a reader would call them
FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.,]+[ %]*[^\W\d]*$)")  # how a cell begins that a spreadsheet computes
OPEN = [np.inf, -np.inf]  # the end of a bound, for which Excel and Stata have no number: missing there
ATTRS = "PANDAS_ATTRS"  # where pandas looks for what a frame is of
EPOCH, STAMP = (1980, 1, 1, 0, 0, 0), b"1980-01-01T00:00:00Z"  # the first moment a zip can name
CORE, STAMPS = "docProps/core.xml", re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:\2>)")
Sources = list[str]


def export(frame: pd.DataFrame | pd.Series, file: str | Path, *, lang: str = "en", dataset: Dataset | None = None) -> Path:
    """Write a frame of the record, or one made of it, as a file; the ending says which: .xlsx, .csv, .parquet or .dta.

    The index becomes a column; a figure that is missing stays missing. Excel gets a second sheet with the sources, Stata the
    names of columns as labels where they are not names it allows, Parquet what the frame is of.

    Args:
        frame: such as of :func:`hanyang_data.load` or :func:`hanyang_data.compare`, or a series.
        file: where to; what stands there is replaced.
        lang: language of the sources.
        dataset: the snapshot the frame came from, for its sources.

    Returns:
        The file.

    Raises:
        ParameterError: for another ending, or what is no frame.
        HanyangError: if it cannot be written, or Parquet is asked for and DuckDB is not there.

    Example:
        >>> import tempfile
        >>> import hanyang_data as hd
        >>> file = export(hd.load("gdp", "hanyang"), Path(tempfile.mkdtemp()) / "gdp.dta")
        >>> pd.read_stata(file)["value"].tolist()[0]
        7.0
    """
    place, frame = Path(file), frame.to_frame() if isinstance(frame, pd.Series) else frame
    if not isinstance(frame, pd.DataFrame):
        raise ParameterError(f"export() takes a frame, such as hd.load() returns it, and not {shown(frame)}")
    writer = WRITERS.get(place.suffix.lower())
    if writer is None:
        raise ParameterError(f"{place.name} ends in none of {', '.join(WRITERS)}: {nearest(place.suffix, WRITERS)}")
    named = COLUMNS in frame.attrs and place.suffix.lower() in NAMED
    table = _as_data(frame) if named else _columns(frame)
    sources = [cite([id_], lang, dataset) for id_ in dict.fromkeys(source_ids(frame) or []) if id_]
    with whole(place) as part:
        writer(table, part, sources)
    return place


def _as_data(frame: pd.DataFrame) -> pd.DataFrame:
    """A table of a study under the names of its frames: numbers as numbers, and what was worded in a column beside them."""
    told, cells, labels = frame.reset_index(), dict[str, Any](), dict[str, str]()
    for place, column in enumerate(columns_in(frame)):
        made = {column.key: list(told.iloc[:, place])}
        if column.role == NUMBER and len(column.beside):
            numbers = [column.number(row, cell) for row, cell in enumerate(made[column.key])]
            made = {column.key: numbers, f"{column.key}_worded": made[column.key]}
        cells, labels = cells | made, labels | dict.fromkeys(made, column.head)
    table = pd.DataFrame(cells)
    table.attrs = {LABELS: labels}
    return table


def plain(frame: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The frame with cells that any program takes: words in one language, ids in a row parted by commas."""
    told = {key: [_plain(cell, lang) for cell in frame[key]] for key in frame.columns[frame.dtypes.eq(object)]}
    return frame.assign(**{key: pd.array(cells, dtype="str") for key, cells in told.items()})


def _plain(cell: Any, lang: str) -> Any:
    return cell.to(lang) if isinstance(cell, Text) else ", ".join(cell) if isinstance(cell, list) else cell


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """A table for CSV: a text that a spreadsheet would compute gets the apostrophe that keeps it a text."""
    kept = frame.map(_kept).rename(columns=_kept)
    return kept.set_axis(pd.Index([_kept(label) for label in frame.index], name=frame.index.name))


def _kept(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def _columns(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its index as a column and its heads as texts, each once."""
    named = frame.index.names != [None] or not isinstance(frame.index, pd.RangeIndex)
    told = frame.reset_index() if named else frame.copy(deep=False)
    heads = [" ".join(map(str, head)) if isinstance(head, tuple) else str(head) for head in told.columns]
    if len(set(heads)) < len(heads):
        raise ParameterError("the frame has two columns of the same name: rename one")
    table = told.set_axis(pd.Index(heads), axis="columns")
    table.attrs = dict(frame.attrs)
    return table


def _excel(table: pd.DataFrame, file: Path, sources: Sources) -> None:
    book = imported("openpyxl", "Excel").Workbook()
    _sheet(book.active, "data", [list(table.columns), *table.itertuples(index=False, name=None)])
    told = [[name, str(table.attrs[name])] for name in TOLD if name in table.attrs]
    if told or sources:
        _sheet(book.create_sheet(), "sources", [*told, *([source] for source in sources)])
    book.save(file)
    forget_the_time(file)


def _sheet(sheet: Any, title: str, rows: list[Any]) -> None:
    from openpyxl.cell.cell import KNOWN_TYPES

    sheet.title = title
    for r, cells in enumerate(rows, start=1):
        for c, value in enumerate(cells, start=1):
            if _missing(value) or (isinstance(value, float) and value in OPEN):
                continue
            plain = value.item() if isinstance(value, np.generic) else value
            if isinstance(plain, KNOWN_TYPES) and not isinstance(plain, str) and getattr(plain, "tzinfo", None) is None:
                sheet.cell(r, c, plain)
            else:
                cell = sheet.cell(r, c, re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", str(plain)))
                cell.data_type = "s"  # a text that begins with = is no formula, not even once somebody has edited it
                cell.quotePrefix = cell.value[:1] in tuple("=+-@")


def forget_the_time(file: Path) -> None:
    """Write an Office file anew without the time of writing, in its archive and in its properties."""
    with zipfile.ZipFile(file) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            archive.writestr(info, STAMPS.sub(rb"\g<1>" + STAMP + rb"\g<3>", content) if name == CORE else content)


def _csv(table: pd.DataFrame, file: Path, _: Sources) -> None:
    as_text(table).to_csv(file, index=False, encoding="utf-8-sig", lineterminator="\n")


def _parquet(table: pd.DataFrame, file: Path, _: Sources) -> None:
    odd = [head for head in table if not (_is_number(table[head]) or infer_dtype(table[head]) in ("string", "boolean", "date"))]
    table[odd] = table[odd].astype(object).map(_text)
    write_parquet(table, file, {name: str(table.attrs[name]) for name in TOLD if name in table.attrs})


def write_parquet(table: pd.DataFrame, file: Path, attrs: dict[str, str] | None = None) -> None:
    """Write a frame; ``attrs`` come back as those of the frame where pandas reads it."""
    duckdb = imported("duckdb", "Parquet")
    texts = table.select_dtypes("str").astype(object)  # which an older DuckDB knows
    table = table.copy()
    table[texts.columns] = texts.where(texts.notna(), None)
    file.touch()  # where that cannot be, the system's own error says why
    # the type of a column is that of all its cells, and not of the first thousand
    with duckdb.connect(config={"pandas_analyze_sample": max(len(table), 1)}) as base:
        base.register("data", table)
        told = {"file": str(file), "told": json.dumps(attrs or {})}
        base.execute(f"COPY data TO $file (FORMAT parquet, KV_METADATA {{{ATTRS}: $told}})", told)


def read_parquet(file: Path) -> pd.DataFrame:
    """Read a file as a frame; a HanyangError if it is none of Parquet."""
    duckdb = imported("duckdb", "Parquet")
    try:
        return duckdb.read_parquet(str(file)).df()
    except duckdb.Error as error:
        raise HanyangError(f"{file} cannot be read as Parquet: {str(error).splitlines()[0]}") from None


def _stata(table: pd.DataFrame, file: Path, _: Sources) -> None:
    names = _stata_names(list(table.columns))
    heads = [table.attrs.get(LABELS, {}).get(head, head) for head in table.columns]
    labels = {name: head[:LABEL] for name, head in zip(names, heads, strict=True) if name != head}
    told = " ".join(str(table.attrs[name]) for name in TOLD if name in table.attrs)
    plain = pd.DataFrame({name: _stata_column(table[head]) for name, head in zip(names, table.columns, strict=True)})
    long = [name for name in plain if plain[name].dtype == object and plain[name].str.len().max() > 500]
    plain.to_stata(
        file, write_index=False, variable_labels=labels, data_label=told[:LABEL] or None, version=118, convert_strl=long,
        time_stamp=datetime(*EPOCH),
    )  # fmt: skip


def _stata_column(column: pd.Series) -> pd.Series:
    """Numbers as they are, a missing one missing; anything else as text."""
    if is_bool_dtype(column):
        return column.astype("Int8" if column.hasnans else "int8")
    if _is_number(column):
        return column.replace(OPEN, np.nan) if is_float_dtype(column) else column
    return column.astype(object).map(_text).fillna("").astype(object)


def _is_number(column: pd.Series) -> bool:
    return bool(is_numeric_dtype(column) or is_datetime64_dtype(column))


def _text(cell: Any) -> str | None:
    return None if _missing(cell) else str(cell)


def _missing(cell: Any) -> bool:
    return bool(is_scalar(cell) and pd.isna(cell))


def _stata_names(heads: list[str]) -> list[str]:
    """Names that Stata allows, each once, from heads of any kind."""
    names: list[str] = []
    for head in heads:
        name = re.sub(r"[^A-Za-z0-9_]+", "_", head).strip("_") or "v"
        name = (f"_{name}" if name[0].isdigit() or name.lower() in RESERVED else name)[:NAME]
        count = 1
        while name.lower() in [other.lower() for other in names]:
            count += 1
            name = f"{name.rstrip('0123456789')[: NAME - 3]}{count}"
        names.append(name)
    return names


WRITERS: dict[str, Callable[[pd.DataFrame, Path, Sources], None]] = {
    ".xlsx": _excel, ".csv": _csv, ".parquet": _parquet, ".dta": _stata,
}  # fmt: skip
