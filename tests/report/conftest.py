"""What the tests of the report share: one report in every format, made once, and its parts in both languages."""

import shutil
from dataclasses import replace
from html.parser import HTMLParser

import docx
import pytest
from finished_runs import SPEC, all_finished

from hanyang_data.report import build
from hanyang_data.report.document import Document


@pytest.fixture(scope="session")
def entries(tmp_path_factory):
    return all_finished(tmp_path_factory.mktemp("runs"))


@pytest.fixture
def moved(entries, tmp_path):
    """The same runs where a test may break them."""
    return [replace(e, folder=shutil.copytree(e.folder, tmp_path / "runs" / e.folder.name)) for e in entries]


@pytest.fixture(scope="session")
def out(entries, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out") / "report"
    files, _ = build(SPEC, entries, folder)
    assert sorted(files) == sorted(f for f in folder.rglob("*") if f.is_file())
    return folder


@pytest.fixture(scope="module", params=("en", "zh"))
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def document(entries, lang):
    return Document(SPEC, entries, lang)


@pytest.fixture(scope="module")
def items(document):
    return in_order(document)


class Page(HTMLParser):
    """Tags with their attributes, and the text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def source(out, lang):
    return (out / f"report_{lang}.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(source):
    return Page(source)


@pytest.fixture(scope="module")
def word(out, lang):
    return docx.Document(out / f"report_{lang}.docx")


def in_order(document):
    """The brief's figures and tables, then the annex's as it is read."""
    parts = ("brief", "limits", "annex")
    return [item for part in parts for section in document.sections for item in getattr(section, part)]
