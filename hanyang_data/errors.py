"""Errors a user can put right. The command prints their one sentence and exits; nothing else is caught."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 300  # characters of a text or value that an error quotes


def brief(text: str, longest: int = LONGEST) -> str:
    """A text as an error quotes it: on one line, and cut where it is long.

    Example:
        >>> brief("x" * 1000, 10)
        'xxxxxxxxx…'
    """
    line = " ".join(text[: longest + 1].splitlines())
    return line if len(text) <= longest else f"{line[: longest - 1]}…"


def shown(value: object) -> str:
    """A value as an error quotes it.

    Example:
        >>> shown("gdp")
        "'gdp'"
    """
    return brief(repr(value))


class HanyangError(Exception):
    """A mistake in what the user passed in; its text says what to do."""

    def _render_traceback_(self) -> list[str]:
        """What Jupyter shows in place of a traceback."""
        return [f"{type(self).__name__}: {self}"]


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

    def __init__(self, what: str, found: object, known: Iterable[str], near: Iterable[str] = ()) -> None:
        meant = " or ".join(near)
        super().__init__(
            f"unknown {what} {shown(found)}: {f'did you mean {meant}?' if meant else nearest(found, known)}"
        )

    def __str__(self) -> str:  # KeyError would print the repr of its argument
        return str(self.args[0])


class AmbiguousNameError(UnknownIdError):
    """A name that stands for several ids; the text lists them."""

    def __init__(self, what: str, found: object, meant: Iterable[str]) -> None:
        KeyError.__init__(self, f"{what} {found!r} may be {' or '.join(meant)}: say which")


def nearest(found: object, known: Iterable[str]) -> str:
    """Say which of the known words a user may have meant: the near ones, or all where none is near."""
    words = sorted(str(word) for word in known)
    text = str(found)[:LONGEST].lower()
    if len(words) == 1:
        return f"did you mean {words[0]}?"
    near = get_close_matches(text, words, n=3, cutoff=0.5) or [word for word in words if text and text in word]
    if near:
        return f"did you mean {' or '.join(near)}?"
    return (
        f"known are {', '.join(words)}"
        if len(words) <= 15
        else f"none of {len(words)} is near; hanyang list shows them"
    )
