"""The formats and sizes that figures come in, by name; checked without drawing anything."""

from __future__ import annotations

from collections.abc import Sequence

from hanyang_data.errors import ParameterError, nearest

FORMATS = ("png", "svg", "pdf")
TABLE_FORMATS = ("xlsx", "parquet", "dta")  # beside CSV, for who goes on elsewhere
SIZES = ("page", "column", "slide")


def check_size(size: str) -> str:
    """The name of a figure size.

    Raises:
        ParameterError: for a size that does not exist.
    """
    if size not in SIZES:
        raise ParameterError(f"size is {size!r}: {nearest(size, SIZES)}")
    return size


def check_formats(formats: Sequence[str], also: Sequence[str] = ()) -> list[str]:
    """The formats as a list without doubles; ``also`` names those that are not of figures.

    Raises:
        ParameterError: for a format that is not written, or an empty list.
    """
    for name in [formats] if isinstance(formats, str) else formats:
        if name not in (*FORMATS, *also):
            raise ParameterError(f"format {name!r}: {nearest(name, (*FORMATS, *also))}")
    if isinstance(formats, str) or not formats:
        raise ParameterError(f"formats is {formats!r}: give a list of {', '.join(FORMATS)}")
    return list(dict.fromkeys(formats))
