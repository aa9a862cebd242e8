"""What an installation without extras lacks, and the extra that brings it."""

from importlib import import_module
from typing import Any

from hanyang_data.errors import HanyangError

EXTRAS = {
    "lab": {*["papermill", "nbformat", "nbclient", "ipykernel", "jupyter_client", "IPython", "jsonschema", "psutil", "tqdm"]},
    "report": {"jinja2", "openpyxl", "docx", "pptx", "pypdfium2"},
    "explore": {"ipywidgets", "voila"},
    "reader": {"bs4", "lxml", "opencc", "pdfplumber"},
    "cluster": {"distributed", "dask"},
    "duckdb": {"duckdb"},
}


def wanted(module: str, what: str = "this") -> str:
    """What to install where a module is missing; empty for one that no extra brings.

    >>> wanted("openpyxl", "Excel")
    "Excel needs openpyxl, which is not installed: pip install 'hanyang-data[report]'"
    """
    package = module.partition(".")[0]
    extra = next((extra for extra, modules in EXTRAS.items() if package in modules), "")
    return f"{what} needs {package}, which is not installed: pip install 'hanyang-data[{extra}]'" if extra else ""


def imported(module: str, what: str) -> Any:
    """A module of an extra; where it is missing, a HanyangError says what to install for ``what``."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise HanyangError(wanted(str(error.name), what) or str(error)) from None
