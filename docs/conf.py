"""The site: Sphinx reads ``docs/``, runs what the pages say, and needs no network. ``make docs`` calls it."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_ext"))

import record  # noqa: E402

import hanyang_data  # noqa: E402

project = "Hanyang notebooks"
author = "The Hanyang notebooks developers"
version = release = hanyang_data.__version__
own = ["told", "record", "shelf", "looks", "pairs"]
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton", *own]
exclude_patterns = ["_ext", "_templates"]
templates_path = ["_templates"]

BUILD = HERE.parent / "build" / "docs"
hanyang_build = str(BUILD)
hanyang_digest = record.digest(HERE.parent)  # what the pages show depends on: after a change all are read again

myst_enable_extensions = ["colon_fence", "dollarmath", "substitution"]
myst_heading_anchors = 3
myst_substitutions = record.counts()
nb_execution_mode = "cache"
nb_execution_cache_path = str(BUILD / "cells" / hanyang_digest)
nb_execution_excludepatterns = ["made/*/*"]  # executed by the batch engine
nb_execution_in_temp = True
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_ipywidgets_js = {}
nb_merge_streams = True
html_math_renderer = "mathml"

autodoc_member_order = "bysource"
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
napoleon_numpy_docstring = False
napoleon_use_rtype = False
copybutton_prompt_text = "$ "
copybutton_only_copy_prompt_lines = True

html_theme = "pydata_sphinx_theme"
html_title = project
html_search_language = "zh"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_copy_source = False
html_sidebars = {page: [] for page in ("index", "tutorial", "gallery", "changes")}
html_theme_options = {
    "header_links_before_dropdown": 8,
    "navbar_center": ["bar"],
    "navbar_end": ["language", "theme-switcher"],
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "show_prev_next": True,
    "navigation_with_keys": False,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
copyright = author
