"""Files of every kind give the same figures; what cannot be read is refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from hanyang_data.errors import HanyangError
from hanyang_data.reader.reading import read_report
from hanyang_data.reader.texts import read_text

LINES = [
    "汉阳区2023年国民经济和社会发展计划执行情况与2024年国民经济和社会发展计划（草案）的报告",
    "2023年12月在武汉市汉阳区第十六届人民代表大会第三次会议上",
    "一、2023年国民经济和社会发展计划执行情况",
    "预计全年地区生产总值860亿元，增长6%。",
]
TABLE = [["指标名称", "年度计划", "2023年完成（亿元）", "增幅（%）"], ["固定资产投资", "10%", "280", "23.6"]]
EXPECTED = {
    ("gdp", "outturn", "level", "860"),
    ("gdp", "outturn", "growth", "6"),
    ("fixed_asset_investment", "target", "growth", "10"),
    ("fixed_asset_investment", "outturn", "level", "280"),
    ("fixed_asset_investment", "outturn", "growth", "23.6"),
}


def figures(file: Path) -> set[tuple[str, ...]]:
    return {tuple(c.row[k] for k in ("indicator", "concept", "measure", "value")) for c in read_report(file).candidates}


def test_plain_text_in_every_encoding(tmp_path):
    text = "\n".join([*LINES, *("  ".join(row) for row in TABLE)])
    for encoding in ("utf-8", "utf-8-sig", "gbk"):
        file = tmp_path / f"{encoding}.txt"
        file.write_bytes(text.encode(encoding))
        assert {row for row in figures(file) if row[0] == "gdp"} == {row for row in EXPECTED if row[0] == "gdp"}
        assert read_text(file).own == (encoding == "utf-8")


def test_word_and_web_page_with_a_table(tmp_path):
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=4)
    for row in TABLE:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.save(str(tmp_path / "report.docx"))
    rows = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in TABLE)
    page = f"<html><body>{''.join(f'<p>{line}</p>' for line in LINES)}<table>{rows}</table></body></html>"
    (tmp_path / "report.html").write_text(page, encoding="utf-8")
    assert figures(tmp_path / "report.docx") == EXPECTED
    assert figures(tmp_path / "report.html") == EXPECTED


def test_what_the_text_is_is_proposed(tmp_path):
    file = tmp_path / "r.txt"
    file.write_text("\n".join(LINES), encoding="utf-8")
    doc = read_report(file).documents[0]
    assert (doc.kind, doc.region, doc.published_on, doc.review, doc.plan) == ("plan_report", "hanyang", "2023-12", 2023, 2024)
    assert doc.source_id == "hanyang_plan_2023_2024"
    assert doc.title == LINES[0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "holds no Chinese text"),
        ("english.txt", b"nothing Chinese here", "holds no Chinese text"),
        ("broken.pdf", b"%PDF-1.4 broken", "PDF"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as DOCX"),
        ("zip.docx", b"PK\x03\x04 no word document", "no Word document"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path, name, content, said):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(HanyangError, match=said):
        read_report(file)
    with pytest.raises(HanyangError, match="cannot be read"):
        read_report(tmp_path / "missing.txt")


def test_a_pdf_with_a_ruled_table_keeps_pages_and_columns(tmp_path):
    import pylopdf_fonts_zh_cn
    from matplotlib.backends.backend_pdf import FigureCanvasPdf
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    font = FontProperties(fname=str(next(Path(pylopdf_fonts_zh_cn.__file__).parent.rglob("NotoSansSC*.otf"))))
    page = Figure(figsize=(8, 11))
    FigureCanvasPdf(page)
    lines = ["汉阳区2023年国民经济和社会发展统计公报", "全年实现地区生产总值860亿元，比上年增长6%。"]
    for k, line in enumerate(lines):
        page.text(0.1, 0.9 - 0.04 * k, line, fontproperties=font)
    axes = page.add_axes((0.1, 0.3, 0.8, 0.3))
    axes.axis("off")
    table = axes.table(cellText=[["指标", "绝对数（亿元）", "增长（%）"], ["固定资产投资", "280", "23.6"]], loc="center")
    for cell in table.get_celld().values():
        cell.get_text().set_fontproperties(font)
    page.savefig(tmp_path / "report.pdf")
    assert figures(tmp_path / "report.pdf") == {row for row in EXPECTED if row[1] == "outturn"}
    assert {c.page for c in read_report(tmp_path / "report.pdf").candidates} == {1}
