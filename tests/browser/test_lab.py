"""In JupyterLab: the start page, every notebook run to its end, and the explore page clicked through."""

import os
import re

import nbformat
import pytest
from browser_tools import PATIENCE, PROJECT
from helpers import execute
from playwright.sync_api import expect

from hanyang_data.batch.parameters import batch_notebooks
from hanyang_data.batch.plan import notebooks_folder, read_plan
from hanyang_data.batch.run import copy_figures

ANALYSES = batch_notebooks(notebooks_folder())[0]
pytestmark = pytest.mark.slow

PICTURES = "[...document.querySelectorAll('.jp-MarkdownCell img')].every(i => i.complete && i.naturalWidth > 800)"
LIGHT_WORDS = "getComputedStyle(document.querySelector('.hy-answer p')).color.match(/\\d+/g).slice(0, 3).every(c => c > 180)"


def lab_page(new_page, lab, name, **size):
    page = new_page(f"{lab.url}/lab/tree/notebooks/{name}.ipynb?token={lab.token}&reset", **size)
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell")
    return page


def run_all(page):
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()  # the kernel is connected, not only started
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


@pytest.fixture(scope="module")
def batch(folder):
    """Two finished runs for the summary, one of them what the explore page is going to save."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(PROJECT)
        (run,) = read_plan(PROJECT / "params" / "zh" / "growth_gap.yaml", matrix=False)
        return execute(run, folder / "build" / "runs")


@pytest.mark.usefixtures("batch")
@pytest.mark.parametrize("name", [path.stem for path in ANALYSES])
def test_a_notebook_runs_to_its_end_and_shows_its_figure(new_page, lab, name):
    page = lab_page(new_page, lab, name)
    run_all(page)
    cells = nbformat.read(PROJECT / "notebooks" / f"{name}.ipynb", as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    # a cell that has run shows its number
    page.get_by_text(f"[{len(code)}]:", exact=True).first.wait_for()
    assert page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    figure = page.locator(".jp-OutputArea img[alt]").first
    figure.scroll_into_view_if_needed()
    assert figure.evaluate("image => image.naturalWidth") > 800
    if name != "summary":  # its figure counts runs
        page.locator(".jp-OutputArea .hy-mark").first.focus()
        expect(page.locator("#hy-says")).to_have_text(re.compile(r"\d"))
    assert list((lab.folder / "build" / "lab" / name).glob("*/results.json")), "with its own defaults it saves there"


def test_the_start_page_shows_its_pictures_and_opens_notebooks(new_page, lab):
    page = lab_page(new_page, lab, "index")
    page.wait_for_function("[...document.fonts].some(f => f.family.includes('Hanyang Sans') && f.status == 'loaded')")
    pictures = page.locator(".jp-MarkdownCell img")
    pictures.nth(2 * len(ANALYSES) - 1).wait_for(state="attached")
    page.wait_for_function(PICTURES)
    page.screenshot(path=os.environ.get("SHOTS", str(lab.folder)) + "/index.png")
    page.wait_for_timeout(5000)  # the question comes some seconds after the page
    assert page.get_by_text("Jupyter news").count() == 0
    page.get_by_role("link", name="Target shortfall", exact=False).first.click()
    page.get_by_role("tab", name="target_shortfall.ipynb").wait_for()


def test_make_lab_opens_the_start_page_in_the_folder_of_the_project(new_page, lab):
    page = new_page(lab.opens)
    page.get_by_role("tab", name="index.ipynb").wait_for()
    page.wait_for_function(PICTURES)
    for name in ("figures", "params", "notebooks"):
        page.goto(f"{lab.url}/lab/tree/{name}?token={lab.token}&reset")
        page.locator(".jp-DirListing-item").first.wait_for()


def test_exploring_in_both_languages(new_page, lab, batch, folder):
    page = lab_page(new_page, lab, "explore")
    run_all(page)
    figure = page.locator(".hy-figure")
    figure.wait_for()
    assert "Hanyang" in figure.get_attribute("aria-label")
    shots = os.environ.get("SHOTS", str(lab.folder))
    page.screenshot(path=f"{shots}/explore_lab.png")
    # by keyboard: the analysis below this one
    page.locator("select[title^='Analysis']").focus()
    page.keyboard.press("ArrowDown")
    page.locator(".hy-finding", has_text="Compared with Wuhan").wait_for()
    page.get_by_role("button", name="中文").click()
    page.get_by_role("heading", name="探索").wait_for()
    menu = page.locator("select[title^='分析'] option")
    expect(menu).to_have_text(["趋势", "增速差距", "目标完成", "区域收敛", "回溯检验", "数据核查"], timeout=PATIENCE)
    page.locator(".hy-finding", has_text="与武汉市相比").wait_for()

    # figure and table saved: to the byte those of the batch run of the same parameters
    page.get_by_role("button", name="保存图和表").click()
    page.get_by_text("已保存至saved").wait_for()
    gallery = {file.name: file.read_bytes() for file in copy_figures(batch, "growth_gap", folder / "batch")}
    for kind in ("png", "svg", "pdf"):
        name = f"growth_gap_share_of_city_zh.{kind}"
        assert (folder / "saved" / name).read_bytes() == gallery[name]
    table = folder / "saved" / "growth_gap_share_of_city_zh.csv"
    assert table.read_bytes() == (batch / "share_of_city.csv").read_bytes()

    # the choice saved, and saved again: the params file that is there already says the same
    for said in ("已写入：saved/params/zh/growth_gap.yaml", "saved/params/zh/growth_gap.yaml已是此选择"):
        page.get_by_role("button", name="保存选择为参数文件").click()
        page.get_by_text(said).first.wait_for()

    # the whole notebook, run and opened
    before = batch.stat().st_mtime_ns
    page.get_by_role("button", name="运行完整笔记本").click()
    page.get_by_text("正在运行完整笔记本").wait_for()
    page.get_by_role("link", name="打开笔记本").click()
    page.get_by_role("tab", name="notebook.ipynb").wait_for()
    assert batch.stat().st_mtime_ns >= before
    assert (batch / "share_of_city.png").read_bytes() == gallery["growth_gap_share_of_city_zh.png"]

    # a dark theme sets these: the words follow, the figure stays on white
    page.get_by_role("tab", name="explore.ipynb").click()
    page.evaluate("for (const n of ['content', 'ui']) for (const k of [0, 1, 2]) "
                  "document.body.style.setProperty(`--jp-${n}-font-color${k}`, 'rgb(240, 240, 240)')")  # fmt: skip
    page.wait_for_function(LIGHT_WORDS)
    page.screenshot(path=f"{shots}/explore_dark.png")
    assert figure.evaluate("image => getComputedStyle(image).backgroundColor") == "rgb(255, 255, 255)"
