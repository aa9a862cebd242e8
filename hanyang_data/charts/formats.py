"""The formats and sizes that figures come in, by name; checked without drawing anything."""

from collections.abc import Sequence

from hanyang_data.errors import ParameterError, nearest

FORMATS = ("png", "svg", "pdf")
TABLE_FORMATS = ("xlsx", "parquet", "dta")  # beside CSV, for who goes on elsewhere
NONE = "none"  # no figure is drawn
PICTURES = "HANYANG_PICTURES"  # in the environment of a run: none, if its notebook is to draw none
SIZES = ("page", "column", "slide")


def check_size(size: str) -> str:
    """The name of a figure size; a ParameterError for one that does not exist."""
    if size not in SIZES:
        raise ParameterError(f"size is {size!r}: {nearest(size, SIZES)}")
    return size


def check_formats(formats: Sequence[str], also: Sequence[str] = ()) -> list[str]:
    """The formats as a list without doubles; ``also`` names those that are not of figures, and ``none`` says that none is drawn.

    A text, which is all that ``papermill -p`` can give, is read as one. A ParameterError for a format that is not written, an
    empty list, or ``none`` beside a format of figures.

    >>> check_formats("png"), check_formats("[png, svg]")
    (['png'], ['png', 'svg'])
    """
    if isinstance(formats, str):
        formats = [name.strip(" '\"") for name in formats.strip(" []").split(",") if name]
    for name in formats or ():
        if name not in (*FORMATS, *also, NONE):
            raise ParameterError(f"format {name!r}: {nearest(name, (*FORMATS, *also, NONE))}")
    if not formats:
        raise ParameterError(f"formats is {formats!r}: give a list of {', '.join(FORMATS)}")
    if NONE in formats and set(formats) & set(FORMATS):
        raise ParameterError(f"formats is {list(formats)}: none draws no figure, name it without {', '.join(FORMATS)}")
    return list(dict.fromkeys(formats))
