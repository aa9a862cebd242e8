"""How the page looks: colours from the theme of JupyterLab or Voilà, two columns where there is room, one where there is none."""

import base64
import html
from collections.abc import Sequence
from pathlib import Path

from hanyang_data.record.observations import Dataset
from hanyang_data.words.messages import CATALOGUE, PACKAGE

TYPES = {
    "csv": "text/csv",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "yaml": "text/yaml",
}
CSS = """
.hy-page { display: flex; flex-flow: row wrap; gap: 20px; align-items: flex-start; overflow: visible; }
.hy-page, .hy-page *:not(svg *) { font-family: "Segoe UI", "Helvetica Neue", Arial, "PingFang SC", "Microsoft YaHei",
  "Noto Sans CJK SC", "WenQuanYi Micro Hei", "Hanyang Sans", sans-serif; }
.hy-side { flex: 0 0 216px; display: flex; flex-flow: row wrap; column-gap: 8px; overflow: visible; }
.hy-side > * { flex: 1 1 100%; min-width: 0; }
.hy-side > .hy-menu-start-year, .hy-side > .hy-menu-end-year { flex: 1 1 40%; }
.hy-main { flex: 1 1 480px; min-width: 0; container-type: inline-size; overflow: visible; }
.hy-main { display: flex; flex-flow: row wrap; gap: 0 20px; }
.hy-top { flex: 1 1 100%; }
.hy-drawn { flex: 1 1 100%; min-width: 0; overflow: visible; }
.hy-read { flex: 1 1 100%; min-width: 0; overflow: visible; }
@container (min-width: 860px) {
  .hy-drawn { flex: 1 1 56%; max-width: 60%; }
  .hy-read { flex: 1 1 34%; max-width: calc(44% - 20px); max-height: calc(100vh - 76px); }
  .hy-page .hy-read > .widget-html { flex: 0 1 auto; min-height: 76px; overflow: auto; }
  .hy-read .hy-table { max-height: none; }
  .hy-figure { max-height: calc(100vh - 150px); }
}
.hy-side h1 { font-size: 20px; line-height: 1.2; margin: 0 0 2px; font-weight: 600; }
.hy-side p { font-size: 12px; line-height: 1.4; margin: 0 0 4px; color: var(--jp-ui-font-color2); }
.hy-page .widget-html, .hy-page .widget-html-content { overflow: visible; height: auto; line-height: 1.45; }
.hy-page .widget-html-content { white-space: normal; }
.hy-menu { overflow: visible; margin-bottom: 2px; }
.hy-menu .widget-html-content { font-size: 12px; line-height: 1.2; color: var(--jp-ui-font-color2); }
.hy-menu select, .hy-menu .widget-dropdown { width: 100%; }
.hy-page select:focus-visible, .hy-page button:focus-visible, .hy-table:focus-visible, .hy-page a:focus-visible {
  outline: 2px solid var(--jp-brand-color1); outline-offset: 1px; }
.hy-page .hy-missing { font-size: 12px; color: var(--jp-ui-font-color2); margin-top: 4px; }
.hy-answer p { font-size: 14px; line-height: 1.45; margin: 0 0 6px; color: var(--jp-ui-font-color1); }
.hy-finding { font-size: 17px; line-height: 1.3; font-weight: 600; margin: 0 0 6px; color: var(--jp-ui-font-color1); }
.hy-figure { display: block; width: 100%; height: auto; background: #fff; border-radius: 2px; }
.hy-none { padding: 24px; border: 1px dashed var(--jp-border-color1); color: var(--jp-ui-font-color1); }
.hy-read > .hy-menu { max-width: 320px; margin-top: 4px; }
.hy-table { max-height: 420px; overflow: auto; margin: 4px 0 8px; }
.hy-table table.dataframe { width: 100%; table-layout: auto; font-size: 12px; margin: 0; border-collapse: collapse; }
.hy-table th, .hy-table td { text-align: left; padding: 3px 7px; vertical-align: top; white-space: normal; max-width: none; }
.hy-table thead th { position: sticky; top: 0; z-index: 1; background: var(--jp-layout-color0); }
.hy-table tr > :first-child { position: sticky; left: 0; background: var(--jp-layout-color0); }
.hy-table thead tr > :first-child { z-index: 2; }
.hy-bar { display: flex; flex-flow: row wrap; gap: 6px; overflow: visible; }
.hy-told { font-size: 13px; margin: 4px 0; color: var(--jp-ui-font-color1); overflow-wrap: anywhere; }
.hy-told a { color: var(--jp-content-link-color, var(--jp-brand-color1)); text-decoration: underline; }
.hy-missing summary { cursor: pointer; }
@media (max-width: 640px) {
  .hy-page { gap: 12px; }
  .hy-side { flex: 1 1 100%; }
  .hy-side > .hy-menu { flex: 1 1 40%; }
  .hy-main { flex: 1 1 100%; }
}
"""

# the page before its widgets are there
FIRST = """<div class="hy-page"><div class="hy-side">{side}</div><div class="hy-main"><div class="hy-top">{top}</div>
<div class="hy-drawn">{drawn}</div><div class="hy-read">{read}</div></div></div><script>{script}</script>"""


def everything_said(dataset: Dataset) -> str:
    """Every text that the page may show: all catalogues, and the words of the snapshot."""
    catalogues = "".join(file.read_text(encoding="utf-8") for file in sorted(PACKAGE.rglob(CATALOGUE)))
    return catalogues + "".join(file.read_text(encoding="utf-8-sig") for file in sorted(dataset.path.glob("*.csv")))


def paragraphs(texts: Sequence[str]) -> str:
    """Texts as paragraphs of a page."""
    return "".join(f"<p>{html.escape(text)}</p>" for text in texts)


def first_menu(name: str, title: str, value: object) -> str:
    """A menu that cannot be opened yet."""
    told = value if isinstance(value, str) else ""
    kind = name.replace("_", "-")
    return f'<div class="hy-menu hy-menu-{kind}">{title}<select disabled><option>{html.escape(told)}</option></select></div>'


def download(file: Path) -> str:
    """A link that hands out a file without a server."""
    kind = file.suffix.removeprefix(".")
    content = base64.b64encode(file.read_bytes()).decode()
    return f'<a download="{file.name}" href="data:{TYPES[kind]};base64,{content}">{kind.upper()}</a>'
