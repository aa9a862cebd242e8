"""Errors a user can put right. The command prints their one sentence and exits; nothing else is caught."""

import reprlib
import sys
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

LONGEST = 600  # characters of a line that is said: what was typed may be of any length
LONGEST_VALUE = 120
KEPT = (300, 200)  # of a longer one: what is wrong, and what to do
MAX_LINES = 200  # that are said at once


# a list that holds a list that holds a list may be small in a file and endless when written out
_REPR = reprlib.Repr()
_REPR.maxstring = _REPR.maxother = _REPR.maxlong = LONGEST_VALUE * 2
_REPR.maxlist = _REPR.maxdict = _REPR.maxtuple = 20
_REPR.maxlevel = 3


def brief(text: str, longest: int = 300) -> str:
    """A text as an error quotes it: on one line, and cut where it is long.

    Example:
        >>> brief("x" * 1000, 10)
        'xxxxxxxxx…'
    """
    line = " ".join(text[: longest + 1].splitlines())
    return line if len(text) <= longest else f"{line[: longest - 1]}…"


class HanyangError(Exception):
    """A mistake in what the user passed in; its text says what to do."""

    def _render_traceback_(self) -> list[str]:
        """What Jupyter shows in place of a traceback."""
        return [f"{type(self).__name__}: {short(self)}"]


class SnapshotError(HanyangError, ValueError):
    """A snapshot folder that cannot be read or breaks the contract of its files."""


class ParameterError(HanyangError, ValueError):
    """A parameter that is unknown, of the wrong type or outside what exists."""


class NoDataError(HanyangError, LookupError):
    """A question to which the record holds no answer."""


class NothingToCompareError(ParameterError, NoDataError):
    """A region set beside itself: a mistake where it is asked for, nothing to be done where a matrix comes to it."""


class RunError(HanyangError, RuntimeError):
    """A notebook that failed while it ran."""


class UnknownIdError(HanyangError, KeyError):
    """An id that does not exist; the text lists the nearest ones."""

    def __init__(self, what: str, found: object, known: Iterable[str], near: Sequence[str] = ()) -> None:
        meant = f"did you mean {' or '.join(near)}?" if near else nearest(found, known)
        super().__init__(f"unknown {what} {shown(found)}: {meant if isinstance(found, str) else 'give an id or a name as text'}")

    def __str__(self) -> str:  # KeyError would print the repr of its argument
        return str(self.args[0])


class NoDefaultError(UnknownIdError):
    """A region that is meant where none is named, and that the data do not hold; the text says what to name instead."""

    def __init__(self, parameter: str, default: str, known: Iterable[str]) -> None:
        some = " or ".join([*known][:3])
        what = f"{parameter} is {default!r} where none is named, and these data hold no such region"
        KeyError.__init__(self, f"{what}: name one as {parameter}, such as {some}")


class AmbiguousNameError(UnknownIdError):
    """A name that stands for several ids; the text lists them."""

    def __init__(self, what: str, found: object, meant: Iterable[str]) -> None:
        KeyError.__init__(self, f"{what} {shown(found)} may be {' or '.join(meant)}: say which")


def shown(value: object) -> str:
    """A value as Python writes it, of a long one the beginning.

    Example:
        >>> shown("gpd")
        "'gpd'"
    """
    try:
        text = _REPR.repr(value)
    except ValueError:  # a number of more digits than Python writes
        return f"a number of over {sys.get_int_max_str_digits()} digits"
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def short(error: object) -> str:
    """What an error says: of many lines the first, of a long one the beginning and the end.

    Example:
        >>> len(short("a" * 10_000))
        501
    """
    lines = str(error).split("\n")
    told = [f"{line[: KEPT[0]]}…{line[-KEPT[1] :]}" if len(line) > LONGEST else line for line in lines[:MAX_LINES]]
    more = [f"and {len(lines) - MAX_LINES} more lines"] if len(lines) > MAX_LINES else []
    return "\n".join(told + more)


def nearest(found: object, known: Iterable[str]) -> str:
    """Say which of the known words a user may have meant: the near ones, or all where none is near."""
    words = sorted(str(word) for word in known)
    text = str(found)[:LONGEST].lower()
    if len(words) == 1:
        return f"did you mean {words[0]}?"
    near = get_close_matches(text, words, n=3, cutoff=0.5) or [word for word in words if text and text in word]
    if near:
        return f"did you mean {' or '.join(near)}?"
    return f"known are {', '.join(words)}" if len(words) <= 15 else f"none of {len(words)} is near; hanyang list shows them"
