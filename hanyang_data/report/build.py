"""Build a report: every format into a folder aside, and only when all is there into its place."""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from hanyang_data.batch.folders import put_in_place
from hanyang_data.files import writing
from hanyang_data.report.content import Document, Entry
from hanyang_data.report.load import load
from hanyang_data.report.page_numbers import fill_in
from hanyang_data.report.spec import Spec
from hanyang_data.words.wording import Text

Writer = Callable[[Document, Path], list[Path]]
# format → module, and function without its write_
WRITERS = {"html": ("html", "html"), "docx": ("word", "word"), "xlsx": ("excel", "excel"), "pptx": ("slides", "slides"),
           "latex": ("latex", "latex"), "csv": ("latex", "csv")}  # fmt: skip


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
            left_out = fill_in([file for file in files if file.suffix == ".docx"])
            for product in sorted(work.iterdir()):
                put_in_place(product, folder / product.name)
    return [folder / file.relative_to(work) for file in files], left_out
