"""The site: built as it is told, whole without a network, every link in it leads somewhere, and both languages tell the same."""

import re
import runpy
import subprocess
import sys
from fnmatch import fnmatch
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from helpers import PROJECT

import hanyang_data as hd
from hanyang_data.record.observations import default_dataset
from hanyang_data.studies.registry import ANALYSES, STUDIES, declared

DOCS, SITE = PROJECT / "docs", PROJECT / "build" / "docs" / "site"
CODE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
BLOCK = r"^```\{(?:console|file)\}.*?^```$"


class Page(HTMLParser):
    """What a page leads to and loads, and what may be led to in it."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.anchors: set[str] = set()
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self.anchors |= {given[key] for key in ("id", "name") if given.get(key)}
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        elif tag in ("img", "script") and given.get("src"):
            self.loads.append(given["src"])
        elif tag == "link" and given.get("rel") == "stylesheet":
            self.loads.append(given["href"])


def told_twice() -> list[Path]:
    """The pages that are there in both languages, but for those that the package writes."""
    return [
        DOCS / "index.md",
        DOCS / "tutorial.md",
        DOCS / "gallery.md",
        DOCS / "notebooks.md",
        *sorted((DOCS / "howto").glob("*.md")),
    ]


@pytest.mark.parametrize("page", told_twice(), ids=lambda page: page.stem)
def test_both_languages_have_the_page_and_type_the_same(page):
    twin = DOCS / "zh" / page.relative_to(DOCS)
    # but for the language asked for and the comments of a file, which are in the reader's own
    own = re.compile(r" --lang zh| -p lang=zh|(?<=params/)zh/| *# .*")
    blocks = [
        [own.sub("", block) for block in re.findall(BLOCK, p.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)]
        for p in (page, twin)
    ]
    assert blocks[0] == blocks[1]
    prose = CODE.sub("", twin.read_text(encoding="utf-8"))
    assert len(re.findall(r"[\u4e00-\u9fff]", prose)) > 20


def test_each_how_to_is_in_the_contents_of_both_languages():
    for folder in (DOCS / "howto", DOCS / "zh" / "howto"):
        listed = re.search(r"```\{toctree\}.*?\n\n(.*?)```", (folder / "index.md").read_text(encoding="utf-8"), re.DOTALL)[
            1
        ].split()
        assert {*listed, "index"} >= {page.stem for page in folder.glob("*.md")}
        assert "add-a-report" in " ".join(listed)


def test_each_study_is_in_the_contents_and_in_the_reference():
    api = (PROJECT / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    for name in STUDIES:
        assert f"autofunction:: {name}\n" in api
        assert f"autoclass:: {declared(name).__module__}.{declared(name).__name__}\n" in api
        for lang, page in (("en", "notebooks.md"), ("zh", "zh/notebooks.md")):
            assert f"made/{lang}/{name}\n" in (PROJECT / "docs" / page).read_text(encoding="utf-8")


def test_what_pages_count_is_what_there_is():
    obs = default_dataset().observations
    sectors = set(obs["region"][obs["indicator"].eq("secondary_value_added") & obs["measure"].eq("level")])
    read = {name: (DOCS / name).read_text(encoding="utf-8") for name in ("index.md", "zh/index.md", "explanation/limits.md")}
    assert (len(ANALYSES), "six questions" in read["index.md"], "六个问题" in read["zh/index.md"]) == (6, True, True)
    assert sectors - {"hanyang", "wuhan"} == {"hongshan", "jiangan", "qiaokou"}
    assert "for three other districts in 2023" in read["explanation/limits.md"]


def test_git_keeps_the_pictures_that_the_start_pages_show():
    """The rest of the gallery is built, and a page that shows one of those would be broken for whoever clones."""
    shown = {name for place in ("README.md", "notebooks/index.ipynb", "hanyang_data/words/prose.csv")
             for name in re.findall(r"figures/(\w+\.png)", (PROJECT / place).read_text(encoding="utf-8"))}  # fmt: skip
    kept = [line.removeprefix("!figures/") for line in (PROJECT / ".gitignore").read_text().splitlines() if line[0] == "!"]
    assert shown and not [name for name in shown if not any(fnmatch(name, of) for of in kept)], "add it to .gitignore with a !"


def test_the_readme_is_one_screen_and_its_links_lead_somewhere():
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert len(text) < 4000
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert "://" in link or (PROJECT / link).exists(), link


def build() -> None:
    words = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "--quiet", "-d", "build/docs/doctrees", "docs", SITE]
    done = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def site() -> dict[str, Page]:
    """The pages of the site, built as ``make docs`` builds it; what has not changed since is not built again."""
    build()
    pages = (file for file in SITE.rglob("*.html") if "_static" not in file.parts)  # templates of the theme
    return {file.relative_to(SITE).as_posix(): Page(file) for file in pages}


@pytest.mark.slow
def test_every_link_and_picture_of_the_site_is_there_and_nothing_comes_from_elsewhere(site):
    assert len(site) > 60
    for name, page in site.items():
        for load in page.loads:
            assert "://" not in load and not load.startswith("//"), (name, load)
            assert load.startswith("data:") or ((SITE / name).parent / unquote(load.split("?")[0])).is_file(), (name, load)
        for link in page.links:
            if "://" in link or link.startswith(("mailto:", "#")):
                continue
            path, _, anchor = link.partition("#")
            there = ((SITE / name).parent / unquote(path)).resolve()
            assert there.is_file(), (name, link)
            if anchor and there.suffix == ".html":
                assert unquote(anchor) in site[there.relative_to(SITE).as_posix()].anchors, (name, link)


@pytest.mark.slow
@pytest.mark.parametrize("pair", [("add-a-report", "zh/howto/add-a-report"), ("howto/run", "zh/howto/run"),
                                  ("made/en/trend", "made/zh/trend"), ("index", "zh/index")])  # fmt: skip
def test_a_page_leads_to_its_twin_and_a_chinese_one_to_the_chinese_contents(site, pair):
    """A bar in English led out of the Chinese pages, and the first of them back to the list of changes."""
    english, chinese = (f"{name}.html" for name in pair)
    assert leads(site, english, chinese)
    assert leads(site, chinese, english)
    for name in ("tutorial", "howto/index", "gallery", "notebooks"):
        assert leads(site, chinese, f"zh/{name}.html"), name
    assert not leads(site, chinese, "tutorial.html")
    assert not leads(site, chinese, "changes.html")


def leads(site: dict[str, Page], one: str, other: str) -> bool:
    """Whether a page links to another."""
    return (SITE / other).resolve() in {((SITE / one).parent / unquote(link)).resolve() for link in site[one].links}


@pytest.mark.slow
def test_the_start_page_says_what_the_studies_find_in_both_languages(site):
    for name, lang in {"index.html": "en", "zh/index.html": "zh"}.items():
        shown = re.sub(r"<[^>]+>", "", (SITE / name).read_text(encoding="utf-8"))
        for ask in (hd.trend, hd.growth_gap, hd.target_shortfall, hd.convergence, hd.data_audit):
            assert str(ask(lang=lang).answer()).splitlines()[0] in shown.replace("’", "'"), (name, ask)  # smart quotes


@pytest.mark.slow
def test_the_gallery_shows_every_declared_figure(site):
    figures = [name for study in STUDIES for name in declared(study).named("figure")]
    for name in ("gallery.html", "zh/gallery.html"):
        text = re.sub(r"<[^>]+>", "", (SITE / name).read_text(encoding="utf-8"))
        for figure in figures:
            assert f'study.plot("{figure}")' in text.replace("&quot;", '"'), (name, figure)
        drawn = [load for load in site[name].loads if load.startswith("data:image/png")]
        assert len(drawn) == len(figures)


@pytest.mark.slow
def test_no_page_tells_where_it_was_built_and_chinese_needs_no_font_of_the_machine(site):
    for name in site:
        assert str(PROJECT) not in (SITE / name).read_text(encoding="utf-8"), name
    assert (SITE / "_static" / "zh.woff").stat().st_size > 50_000
    assert "zh.woff" in (SITE / "_static" / "site.css").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "file", ["hanyang_data/report/page.j2", "hanyang_data/page.js", "notebooks/trend.ipynb", "requirements.lock"]
)
def test_a_change_of_anything_that_a_page_shows_has_it_made_anew(tmp_path, file):
    digest = runpy.run_path(str(DOCS / "_ext" / "record.py"))["digest"]
    compiled = tmp_path / "hanyang_data" / "__pycache__" / "page.pyc"
    for place in (tmp_path / file, compiled):
        place.parent.mkdir(parents=True, exist_ok=True)
    states = []
    for text in ("before", "after", "before"):
        (tmp_path / file).write_text(text)
        states.append(digest(tmp_path))
        compiled.touch()  # what Python compiles decides nothing
    assert states[0] == states[2] != states[1]


@pytest.mark.slow
def test_a_site_that_is_there_is_not_written_again(site):
    written = {SITE / page: (SITE / page).stat().st_mtime_ns for page in ("index.html", "gallery.html", "zh/gallery.html")}
    build()
    assert {page: page.stat().st_mtime_ns for page in written} == written
