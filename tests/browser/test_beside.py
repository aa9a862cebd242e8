"""A table of up to six columns stands beside its figure whole, at the width of a laptop and on a telephone."""

import pytest

from hanyang_data.explore.screen import VOILA
from hanyang_data.explore.view import Page
from hanyang_data.words.wording import LANGUAGES

pytestmark = pytest.mark.slow

PUSHED = "(() => {const box = document.querySelector('.hy-table'); return box.scrollWidth - box.clientWidth})()"
SHOWN = ("target_shortfall&figure=grid&table=not_evaluable", "growth_gap&figure=by_indicator&table=by_indicator")


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_last_column_is_in_sight(new_page, tmp_path, monkeypatch, shown, lang):
    monkeypatch.setenv(VOILA, "True")
    page, file = Page(lang, tmp_path / "saved", tmp_path / "runs", ""), tmp_path / "page.html"
    page.asked_for(f"lang={lang}&analysis={shown}")
    file.write_text(f'<!doctype html><meta charset="utf-8"><body>{page._first_look()}', encoding="utf-8")
    for width in (1920, 1280, 390):
        assert new_page(file.as_uri(), width).evaluate(PUSHED) == 0, width
