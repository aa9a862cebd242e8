"""The site in a browser: its search finds Chinese, and paper loses nothing. A small one, with its theme, styles and search."""

import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from browser_tools import PROJECT
from programs import need

from hanyang_data.charts.web import cut

pytestmark = pytest.mark.slow

DOCS = PROJECT / "docs"
CONF = f"""
import sys
sys.path.insert(0, {str(DOCS / "_ext")!r})
extensions, html_search_language = ["pairs"], "zh"
html_theme, html_static_path, html_css_files = "pydata_sphinx_theme", [{str(DOCS / "_static")!r}], ["site.css"]
"""
PAGES = {
    "index": ("Start", ".. toctree::\n\n   cluster\n   report\n   long\n   english"),
    "cluster": ("在集群上批量运行", "参数文件、令牌与GDP增速。首次公布数后来会修订。"),
    "report": ("录入新报告", "预计数不是报告期末的统计数。"),
    "english": ("Vintages", "Estimates are revised."),
    "long": ("Long", "::\n\n" + "".join(f"   line {number} of a long block {'and so on ' * 20}\n" for number in range(120))),
}
ASKED = {
    "修订": {"cluster"},
    "预计数": {"report"},
    "报告": {"report"},
    "集群": {"cluster"},
    "参数文件": {"cluster"},
    "令": {"cluster"},
    "GDP增速": {"cluster"},
    "estimate": {"english"},
    "revising": {"english"},
    "行批": set(),
}
FOUND = "[...document.querySelectorAll('#search-results li a')].map(a => new URL(a.href).pathname.slice(1, -5))"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    place = tmp_path_factory.mktemp("site")
    (place / "conf.py").write_text(CONF, encoding="utf-8")
    for name, (title, text) in PAGES.items():
        (place / f"{name}.rst").write_text(f"{title}\n{'=' * 30}\n\n{text}\n", encoding="utf-8")
    subprocess.run([sys.executable, "-m", "sphinx", "-W", "--quiet", place, place / "site"], check=True)
    signs = "".join(title + text for title, text in PAGES.values())
    (place / "site" / "_static" / "zh.woff").write_bytes(cut("".join({*signs, *"您的搜索没有匹配任何文档请确保关键词拼写正确"})))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=place / "site"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("asked", ASKED)
def test_the_search_finds_chinese_and_english(chromium, site, asked):
    page = chromium.new_page()
    page.goto(f"{site}/search.html?q={asked}")
    page.wait_for_function("document.querySelector('#search-results .search-summary')?.textContent.length > 12")
    page.wait_for_function(f"document.querySelectorAll('#search-results li').length >= {len(ASKED[asked])}")
    assert set(page.evaluate(FOUND)) - {"index"} == ASKED[asked], "the contents have the titles too"
    said = page.inner_text("#search-results .search-summary")
    assert ("搜索" in said) == (not asked.isascii()), said
    assert page.inner_text("h1") == ("Search" if asked.isascii() else "搜索")


def test_paper_has_a_long_block_to_its_end(chromium, site, tmp_path):
    need("pdftotext")
    page = chromium.new_page()
    page.goto(f"{site}/long.html")
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    text = subprocess.run(["pdftotext", tmp_path / "page.pdf", "-"], check=True, capture_output=True).stdout.decode()
    assert [number for number in range(120) if f"line {number} of" not in text] == []
    assert " ".join(text.split()).count("and so on") == 120 * 20
    assert text.startswith("Long"), "no empty page before it"
    assert "Skip to main" not in text
