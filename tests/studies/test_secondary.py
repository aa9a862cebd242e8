"""What stands on a page that is neither official nor a reprint says so: in words in the answer, as a star in figure and table."""

import pytest

import hanyang_data as hd


@pytest.mark.parametrize(
    ("study", "asked", "en", "zh"),
    [
        (hd.trend, ("retail_sales", "wuhan"), "and 5.3% (secondary page) in 2024", "2024年增长5.3%（二手资料）"),
        (hd.trend, ("budget_revenue", "jianghan"), "fell 9.5% (secondary page) in 2023, the only", "下降9.5%（二手资料），2017"),
        (hd.trend, ("gdp", "xinzhou"), "billion (secondary page) in 2021, the only", "（二手资料），2017—2024年仅此一年"),
        (hd.growth_gap, ("gdp", "hongshan", "jiangxia"), "5.7 pp lower in 2021 (secondary page)", "低5.7个百分点（二手资料）"),
        (hd.target_shortfall, ("retail_sales", "wuhan"), "and 3.7 pp; secondary page); it met", "5.0、3.7个百分点（二手资料）；"),
        (hd.target_shortfall, ("gdp", "wuhan"), "in 1 of 6 years (secondary page for 2021)", "（2021年为二手资料）"),
    ],
)
def test_a_finding_on_a_secondary_page_alone_says_so(study, asked, en, zh):
    made = study(*asked)
    assert en in made.answer("en").finding
    assert zh in made.answer("zh").finding
    assert made.answer().finding.startswith(
        made.chart(study(*asked).figures[0] if study is hd.trend else "by_year").caption.title
    )


def test_a_sentence_beside_the_finding_says_so_too():
    assert "CNY 10.81 billion (secondary page) in 2023" in str(hd.trend("budget_revenue", "jianghan").answer())
    assert '"over CNY 40 billion" for 2021 (secondary page)' in str(hd.trend("gdp", "caidian").answer())


def test_a_number_that_an_official_text_has_too_needs_no_such_word():
    """Wuhan's estimate of 2020 is known from a copied page alone; the bulletin has the same −4.7."""
    gap = hd.growth_gap()
    assert gap._pair[1].loc[2020, "flag"] == "secondary"
    assert "secondary" not in gap.answer().finding


@pytest.mark.parametrize(
    ("study", "table", "starred"),
    [
        (hd.trend(), "figures_on_record", "790*"),
        (hd.trend("retail_sales", "wuhan"), "figures_on_record", "5.3%*"),
        (hd.growth_gap("gdp", "hongshan", "jiangxia"), "by_year", "8.3*"),
        (hd.growth_gap("gdp", "hongshan", "jiangxia", focus_year=2021), "by_indicator", "8.3*"),
        (hd.growth_gap("budget_revenue", "hanyang"), "share_of_city", "5.75*"),
        (hd.target_shortfall("retail_sales", "wuhan"), "by_year", "5.3%*"),
        (hd.convergence("gdp", "wuhan", focus_year=2021), "districts", "1,036.28*"),
        (hd.data_audit("wuhan", "hanyang", indicator="retail_sales"), "triangle", "5.3*"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_the_star_of_the_figure_stands_in_the_table(study, table, starred):
    shown = study.table(table)
    cells = [str(cell) for column in shown.reset_index().astype(object).to_numpy() for cell in column]
    assert any(cell.endswith(starred) for cell in cells), cells
