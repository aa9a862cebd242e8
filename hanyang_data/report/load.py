"""Finished runs become a document, what the brief shows, what the annex shows, each with its number; and the document files."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from hanyang_data.batch.folders import put_in_place
from hanyang_data.errors import HanyangError
from hanyang_data.files import writing
from hanyang_data.report import words
from hanyang_data.report.content import Document, Entry
from hanyang_data.report.section import Section, faults, results_of, sources_of
from hanyang_data.report.spec import Spec
from hanyang_data.words.wording import Lang, Text, dated


def load(spec: Spec, entries: Sequence[Entry], lang: Lang) -> Document:
    """The document of one language."""
    ours = [entry for entry in entries if entry.parameters.get("lang", lang) == lang]
    if not ours:
        raise HanyangError(f"none of the {len(entries)} runs of the report is in {lang}: run its blocks with lang: {lang}")
    results = [results_of(entry) for entry in ours]
    sources = sources_of(results, lang)
    sections = [Section(entry, left, lang, sources) for entry, left in zip(ours, results, strict=True)]
    _number(sections)
    digests = sorted({s.data for s in sections if s.data})
    warnings = [text.to(lang) for text in faults(ours)]
    if len(digests) > 1:
        warnings.append(words.SAYS.several_states.format(n=len(digests), digests=", ".join(digests)).to(lang))
    newest = max((s.published_on for s in sources.values()), default="")
    state = words.SAYS.state.format(runs=len(ours), digests=", ".join(digests) or words.SAYS.no_digest)
    byline = [text.to(lang) for text in (spec.institution, spec.author, spec.date)]
    return Document(
        lang=lang,
        title=spec.title.to(lang),
        question=spec.question.to(lang),
        byline=("　" if lang == "zh" else " · ").join(text for text in byline if text),
        author=spec.author.to(lang),
        newest=words.SAYS.newest.format(newest=dated(newest)).to(lang) if newest else "",
        state=state.to(lang),
        warnings=warnings,
        sections=sections,
        recommendations=None if spec.recommendations is None else spec.recommendations[lang],
        sources=[*sources.values()],
        annex=spec.annex,
        template=spec.template,
    )


def _number(sections: Sequence[Section]) -> None:
    """Number figures and tables: through the brief, then, with an A, through the annex as it is read."""
    counts: dict[tuple[str, type], Iterator[int]] = defaultdict(lambda: count(1))
    for part, prefix in (("brief", ""), ("limits", "A"), ("annex", "A")):
        for section in sections:
            items = [replace(of, number=f"{prefix}{next(counts[prefix, type(of)])}") for of in getattr(section, part)]
            setattr(section, part, items)


Writer = Callable[[Document, Path], list[Path]]
# format → module, and function without its write_
WRITERS = {"html": ("markup", "html"), "docx": ("word", "word"), "xlsx": ("excel", "excel"), "pptx": ("slides", "slides"),
           "latex": ("markup", "latex"), "csv": ("markup", "csv")}  # fmt: skip


def build(spec: Spec, entries: Sequence[Entry], folder: Path) -> tuple[list[Path], list[Text]]:
    """Write the report of each language in each format into ``folder``.

    Runs that failed or are out of date are said so on its first page; :func:`hanyang_data.report.faults` tells the caller,
    who exits with 1 for them. If anything goes wrong, an earlier report in ``folder`` stays as it was.

    The files, by language and format, and what had to be left out of them.
    """
    documents = [load(spec, entries, lang) for lang in spec.languages]
    # a format's library is only loaded where it is asked for
    writers: list[Writer] = [
        getattr(import_module(f"{__package__}.{m}"), f"write_{n}") for m, n in (WRITERS[of] for of in spec.formats)
    ]
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".", dir=folder) as aside:
            work = Path(aside)
            files = [file for document in documents for writer in writers for file in writer(document, work)]
            texts = [file for file in files if file.suffix == ".docx"]
            left_out: list[Text] = import_module(f"{__package__}.word").fill_in(texts) if texts else []
            for product in sorted(work.iterdir()):
                put_in_place(product, folder / product.name)
    return [folder / file.relative_to(work) for file in files], left_out
