"""What corrections.yaml changes or doubts carries a dagger in every figure, and the note says why."""

import pytest
import yaml
from test_figures import BUILDERS

from hanyang_data.studies.scope import Scope

FLAGS = [
    {"source_id": "hanyang_plan_2020_2021", "indicator": "gdp", "year": 2020, "expect": -8},
    {"source_id": "hanyang_plan_2023_2024", "indicator": "retail_sales", "year": 2023, "expect": 6.5},
]
REASON = {"reason_en": "A doubt for the test.", "reason_zh": "测试用疑问。"}


@pytest.fixture
def doubted(snapshot):
    entries = [flag | REASON | {"region": "hanyang", "measure": "growth", "action": "flag"} for flag in FLAGS]
    (snapshot / "corrections.yaml").write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    return snapshot


@pytest.mark.parametrize("build", BUILDERS, ids=lambda b: b.__name__)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_figure_marks_it_and_gives_the_reason(doubted, build, lang):
    scope = Scope("hanyang", "gdp", 2017, 2024, comparator="wuhan", vintage="first", lang=lang, data_dir=str(doubted))
    chart = build(scope)
    drawn = [text.get_text() for ax in chart.figure.axes for text in ax.texts]
    assert any("†" in text for text in drawn), drawn
    assert ("A doubt for the test." if lang == "en" else "测试用疑问。") in chart.caption.said
    assert "†" in chart.caption.said


def test_a_figure_that_is_left_out_is_named():
    words = {"en": "Left out of 2020: 470.67.", "zh": "2020年未采用470.67"}
    for lang, expected in words.items():
        scope = Scope("hanyang", "retail_sales", 2017, 2024, lang=lang)
        assert expected in BUILDERS[0](scope).caption.said
