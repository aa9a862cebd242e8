"""The examples in docstrings run and print what they say."""

import doctest
import importlib

import pytest
from helpers import PROJECT

MODULES = [
    ".".join(file.relative_to(PROJECT).with_suffix("").parts)
    for file in sorted((PROJECT / "hanyang_data").rglob("*.py"))
    if ">>> " in file.read_text(encoding="utf-8") and file.stem not in ("__init__", "warm")
]


@pytest.mark.parametrize("module", MODULES)
def test_examples(module, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)  # what an example writes goes nowhere else
    failed, _ = doctest.testmod(importlib.import_module(module), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert not failed, "pytest shows above what was printed in place of what"
