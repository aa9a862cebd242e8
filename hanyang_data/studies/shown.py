"""What a study hands out, as Jupyter and a terminal show it: an answer, a table, a list of references, a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from hanyang_data.studies.results import markdown
from hanyang_data.studies.tables import for_print


class Sentence(str):
    """Why there is nothing to draw; Jupyter shows it as text."""

    def _repr_markdown_(self) -> str:
        return markdown(str(self))


@dataclass(frozen=True)
class Answer:
    """The finding in one sentence, and what qualifies it."""

    finding: str
    sentences: tuple[str, ...]

    def __str__(self) -> str:
        return "\n\n".join([self.finding, *self.sentences])

    def __repr__(self) -> str:
        return str(self)

    def _repr_markdown_(self) -> str:
        return "\n\n".join([f"**{markdown(self.finding)}**", *(markdown(text) for text in self.sentences)])


class Lines(list[str]):
    """A list of texts that Jupyter shows as one."""

    def _repr_markdown_(self) -> str:
        return "\n".join(f"- {markdown(text)}" for text in self)

    def __repr__(self) -> str:
        return "\n".join(f"- {text}" for text in self)


class Table(pd.DataFrame):  # type: ignore[misc]
    """A table as a reader of the report meets it; it shows its numbers as printed, and computes as any frame does."""

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Table:
        """A frame with the specification of its columns."""
        table = cls(frame)
        table.attrs = frame.attrs
        return table

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame  # type: ignore[no-any-return]

    def _repr_html_(self) -> str:
        return str(for_print(self).to_html(index=False, border=0))

    def __repr__(self) -> str:
        return str(for_print(self).to_string(index=False))


def display(bundle: Callable[[], tuple[dict[str, Any], dict[str, Any]]]) -> None:
    """Show what ``bundle`` makes: before anything else that Jupyter has for such an object.

    Once pyplot is at work, Jupyter draws every figure anew in its own way, without our words and size.
    """
    from IPython.display import publish_display_data

    publish_display_data(*bundle())  # type: ignore[no-untyped-call]
