"""What a study hands out, as Jupyter and a terminal show it: an answer, a table, a list of references, a sentence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import pandas as pd

from hanyang_data.studies.tables import as_html, for_print
from hanyang_data.words.wording import Text, join, messages

SAYS = messages(__name__)
# what Markdown, HTML or mathematics would read as markup
MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"} | {mark: f"\\{mark}" for mark in "\\`*[]$"})
MOST_ROWS, LANG = 1000, "lang"  # of a table that a notebook shows; JupyterLab stands still at those of a nation
WORDS, CHARACTERS = 60, 110  # of an answer, in English and in Chinese: what is read in ten seconds


def markdown(text: str) -> str:
    """A text that a Markdown output shows as it is.

    Example:
        >>> markdown("<b>5% & [more]</b>")
        '&lt;b&gt;5% &amp; \\\\[more\\\\]&lt;/b&gt;'
    """
    return text.translate(MARKUP)


class Sentence(str):
    """Why there is nothing to draw; Jupyter shows it as text."""

    def _repr_markdown_(self) -> str:
        return markdown(str(self))


@dataclass(frozen=True)
class Answer:
    """The finding in one sentence, and what qualifies it."""

    finding: str
    sentences: tuple[str, ...]
    lang: str = "en"

    def __str__(self) -> str:
        paragraph = join([Text(text, text) for text in self.sentences]).to(self.lang)
        return f"{self.finding}\n\n{paragraph}".strip()

    def __repr__(self) -> str:
        return str(self)

    def _repr_markdown_(self) -> str:
        finding, *paragraph = map(markdown, str(self).split("\n\n"))
        return "\n\n".join([f"**{finding}**", *paragraph])


def brief(texts: Sequence[Text]) -> tuple[Text, ...]:
    """The finding and at most three sentences, in the order given, as many as fit into an answer in both languages."""
    finding, *rest = (text for text in texts if text.en)
    kept = [finding]
    for text in rest:
        longer = [*kept, text]
        words, characters = (len(t) for t in (" ".join(x.en for x in longer).split(), "".join(x.zh for x in longer)))
        if words <= WORDS and characters <= CHARACTERS and len(longer) <= 4:
            kept = longer
    return tuple(kept)


class Lines(list[str]):
    """A list of texts that Jupyter shows as one."""

    def _repr_markdown_(self) -> str:
        return "\n".join(f"- {markdown(text)}" for text in self)

    def __repr__(self) -> str:
        return "\n".join(f"- {text}" for text in self)


class Table(pd.DataFrame):  # type: ignore[misc]
    """A table as a reader of the report meets it; it shows its numbers as printed, and computes as any frame does."""

    @classmethod
    def of(cls, frame: pd.DataFrame, lang: str = "en") -> Self:
        """A frame with the specification of its columns, and the language it is in."""
        table = cls(frame)
        table.attrs = frame.attrs | {LANG: lang}
        return table

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame  # type: ignore[no-any-return]

    def _repr_html_(self) -> str:
        first, told = self._first()
        return as_html(first) + f"\n<p>{told}</p>" * bool(told)

    def __repr__(self) -> str:
        first, told = self._first()
        return str(for_print(first).to_string(index=False)) + f"\n{told}" * bool(told)

    def _first(self) -> tuple[pd.DataFrame, str]:
        """What is shown, and the sentence on what is not."""
        if len(self) <= MOST_ROWS:
            return self, ""
        first = pd.DataFrame(self.iloc[:MOST_ROWS])
        first.attrs = self.attrs
        return first, SAYS.first_rows.format(most=f"{MOST_ROWS:,}", n=f"{len(self):,}").to(self.attrs[LANG])


def display(bundle: Callable[[], tuple[dict[str, Any], dict[str, Any]]]) -> None:
    """Show what ``bundle`` makes: before anything else that Jupyter has for such an object.

    Once pyplot is at work, Jupyter draws every figure anew in its own way, without our words and size.
    """
    from IPython.display import publish_display_data

    publish_display_data(*bundle())  # type: ignore[no-untyped-call]
