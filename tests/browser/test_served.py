"""Served by Voilà: for who has no Python, each with a kernel of their own, and a sentence where it is lost."""

import os
import urllib.request
from pathlib import Path

import pytest
from browser_tools import kernel_of, wait_for

import hanyang_data as hd

pytestmark = pytest.mark.slow


def served_page(new_page, voila, **size):
    page = new_page(f"{voila.url}/?token={voila.token}", **size)
    page.locator("#rendered_cells .hy-figure").wait_for()
    page.locator("select[title]").first.wait_for()
    return page


def menu(page, title):
    return page.locator(f"select[title^='{title}']")


def test_nothing_is_shown_without_the_token(voila):
    with urllib.request.urlopen(voila.url) as answer:
        assert "/login" in answer.url
        assert b"hy-page" not in answer.read()


def test_the_page_that_make_serve_opens_is_the_one_behind_the_token(new_page, voila):
    page = new_page(voila.file)
    page.locator("#rendered_cells .hy-figure").wait_for()
    assert page.url.startswith(voila.url)
    assert "/login" not in page.url
    file = Path(voila.file.removeprefix("file://"))
    assert file.stat().st_mode & 0o077 == 0, "the token is its owner's"


def test_the_figure_is_there_before_the_menus_and_once(new_page, voila):
    page = new_page(f"{voila.url}/?token={voila.token}")
    page.locator("#hy-first .hy-figure").wait_for()
    parts = ("h1", ".hy-finding", ".hy-figure", ".hy-answer", ".hy-table", ".hy-menu-lang", ".hy-menu-as-of select")
    first = page.locator("#hy-first .hy-finding").inner_text()
    places = [page.locator(f"#hy-first {part}").bounding_box() for part in parts]
    page.locator("select[title]").first.wait_for()
    assert page.locator("#hy-first").count() == 0
    assert page.locator(".hy-figure").count() == 1
    assert page.locator(".hy-finding").inner_text() == first
    for part, before in zip(parts, places, strict=True):  # and nothing moves when the menus come
        after = page.locator(f".hy-page {part}").bounding_box()
        assert [after[side] for side in "xy"] == pytest.approx([before[side] for side in "xy"], abs=1), part


def test_a_wide_table_has_the_width_of_the_page_and_is_not_pushed_sideways(new_page, voila):
    page = served_page(new_page, voila)
    menu(page, "Table").select_option(label="Implied figures")
    page.locator(".hy-table th", has_text="No interval").wait_for()
    table, figure = page.locator(".hy-table table"), page.locator(".hy-figure")
    assert table.bounding_box()["y"] > figure.bounding_box()["y"] + figure.bounding_box()["height"]
    for inner in (".hy-table", ".widget-html:has(> * > .hy-table)"):
        assert page.locator(inner).evaluate("of => of.scrollWidth <= of.clientWidth"), inner
    menu(page, "Table").select_option(label="What is refused, and why")
    page.locator(".hy-table th", has_text="Why not").wait_for()
    assert page.locator(".widget-html:has(> * > .hy-table)").evaluate("of => of.scrollWidth <= of.clientWidth")


def test_two_at_once_do_not_see_each_others_choices(new_page, voila):
    one, two = served_page(new_page, voila), served_page(new_page, voila, width=480, height=900)
    menu(one, "Analysis").select_option(label="Target shortfall")
    one.locator(".hy-finding", has_text="missed its growth target").wait_for()
    two.get_by_role("button", name="中文").click()
    two.get_by_role("heading", name="探索").wait_for()
    menu(two, "地区").select_option(label="武汉市")
    two.locator(".hy-finding", has_text="武汉市地区生产总值").wait_for()
    assert one.get_by_role("heading", name="Explore").is_visible()
    assert menu(one, "Region").locator("option:checked").inner_text() == "Hanyang"
    shots = os.environ.get("SHOTS", str(voila.folder))
    one.screenshot(path=f"{shots}/served.png", full_page=True)
    two.screenshot(path=f"{shots}/served_narrow.png", full_page=True)
    assert two.evaluate("document.documentElement.scrollWidth") <= 480  # nothing hangs over the edge
    for page in (one, two):  # no code, and no button for what Voilà cannot open
        assert page.locator(".jp-CodeMirrorEditor, .jp-InputArea-editor").count() == 0
        assert page.get_by_role("button", name="Run the whole notebook").count() == 0
        assert page.locator("input[type=file]:visible, input[type=text]:visible, textarea:visible").count() == 0


def test_a_view_can_be_sent_and_all_of_it_is_seen_at_once(new_page, voila):
    page = new_page(f"{voila.url}/?token={voila.token}#analysis=trend&lang=zh&region=wuchang", width=1360, height=768)
    page.locator(".hy-finding", has_text="武昌区地区生产总值").wait_for()
    boxes = [page.locator(name).bounding_box() for name in (".hy-finding", ".hy-figure", ".hy-bar", ".hy-read")]
    assert all(box["y"] + box["height"] <= 768 and box["x"] + box["width"] <= 1360 for box in boxes), boxes
    menu(page, "指标").select_option(label="地方一般公共预算收入")
    page.wait_for_function("location.hash.includes('indicator=budget_revenue')")
    other = new_page(page.url, width=1360, height=768)
    other.locator(".hy-finding", has_text="武昌区地方一般公共预算收入").wait_for()


def test_a_mark_answers_the_mouse_and_the_keyboard(new_page, voila):
    page = served_page(new_page, voila)
    mark = page.locator(".hy-mark:has(use)").first  # a point; the first mark, a bound that is one-sided, is a line without height
    mark.hover()
    page.locator("#hy-says", has_text="Hanyang, GDP").wait_for()
    page.keyboard.press("Escape")
    page.locator("#hy-says").wait_for(state="hidden")
    mark.focus()
    page.locator("#hy-says", has_text="L").wait_for()
    assert mark.get_attribute("aria-label")


def test_chinese_letters_come_with_the_page(new_page, voila):
    page = served_page(new_page, voila)
    page.get_by_role("button", name="中文").click()
    page.get_by_role("heading", name="探索").wait_for()
    page.wait_for_function("[...document.fonts].some(font => font.family.includes('Hanyang Sans'))")
    assert page.evaluate("document.fonts.load('14px \"Hanyang Sans\"', '汉阳').then(found => found.length)") == 1


def test_what_is_saved_can_be_downloaded(new_page, voila, tmp_path):
    page = served_page(new_page, voila)
    before = sorted(voila.folder.glob("saved/**/*"))  # JupyterLab's tests may have saved there
    page.get_by_role("button", name="Save figure and table").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="SVG", exact=True).click()
    assert download.value.suggested_filename == "trend_growth_and_level_en.svg"
    saved = hd.trend().save(tmp_path, ["svg"]) / "growth_and_level.svg"
    assert download.value.path().read_bytes() == saved.read_bytes()
    assert sorted(voila.folder.glob("saved/**/*")) == before  # a visitor writes nothing into the owner's folder


def test_a_page_that_lost_its_kernel_says_so_and_what_to_do(new_page, voila):
    page = served_page(new_page, voila)
    own = page.evaluate("JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId")
    kernel = kernel_of(voila, own)
    kernel.kill()
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert "has ended" in alert.inner_text()
    assert "重新加载" in alert.inner_text()
    page.screenshot(path=os.environ.get("SHOTS", str(voila.folder)) + "/lost.png")
    page.get_by_role("button", name="Reload").click()
    page.locator("#rendered_cells .hy-figure").wait_for()
    assert page.get_by_role("alert").count() == 0
    wait_for(lambda: not kernel.is_running(), "the kernel is still there")
