"""The shipped figures: every source is used and can be found, what was rejected stayed out."""

import re

import pandas as pd
import pytest

from hanyang_data.record.observations import SNAPSHOT, default_dataset

DATA = default_dataset()
REGISTRIES = r"pypi\.|pythonhosted|npmjs|npmmirror|crates\.io|rubygems|packagist|maven|anaconda|golang\.org|artifactory|docker"


def test_every_source_is_used_or_says_that_it_holds_nothing():
    used = DATA.sources.index.isin([*DATA.printed["source_id"], *DATA.breaks["source_id"]])
    assert DATA.sources.loc[~used, "note"].str.contains("no figure in scope").all()
    assert used.sum() > 100


def test_a_source_without_a_text_at_hand_has_an_address_or_says_why_not():
    pages = DATA.sources[DATA.sources["file"] == ""]
    without = pages[~pages["url"].str.match("(?i)https?://|www.")]
    assert without["note"].str.contains("no address").all(), without.index.tolist()


def test_figures_of_a_text_at_hand_have_their_line_and_all_others_say_page_or_web():
    at_hand = DATA.printed["source_id"].map(DATA.sources["file"]).ne("")
    assert (DATA.printed["locator"].str.startswith("L") == at_hand).all()


@pytest.mark.parametrize("column", ["title_zh", "title_en", "publisher", "publisher_zh"])
def test_every_source_has_its_title_and_publisher_in_both_languages(column):
    assert DATA.sources[column].str.strip().ne("").all()
    if not column.endswith("_zh"):
        assert not DATA.sources[column].str.contains("[\u4e00-\u9fff]").any()


def test_rejects_name_known_series():
    assert DATA.rejects["region"].isin(DATA.regions.index).all()
    assert DATA.rejects["indicator"].isin(DATA.indicators.index).all()


def test_what_was_rejected_is_not_in_the_record():
    pages = DATA.printed.join(DATA.sources[["url", "publisher", "publisher_zh"]], on="source_id")
    for row in DATA.rejects.itertuples():
        same = (
            pages["region"].eq(row.region)
            & pages["indicator"].eq(row.indicator)
            & pages["year"].eq(int(row.year))
            & pages["measure"].eq(row.measure)
            & pages["value"].eq(float(row.value))
        )
        from_there = pages["url"].eq(row.url) | pages["publisher"].eq(row.publisher) | pages["publisher_zh"].eq(row.publisher)
        assert not (same & from_there).any(), row


@pytest.mark.parametrize("file", sorted(SNAPSHOT.iterdir()), ids=lambda file: file.name)
def test_no_file_names_a_package_registry(file):
    assert re.findall(REGISTRIES, file.read_text(encoding="utf-8"), flags=re.IGNORECASE) == []


def test_its_readme_counts_what_is_there():
    text = (SNAPSHOT / "README.md").read_text(encoding="utf-8")
    named = DATA.printed["region"].where(DATA.printed["region"].isin(["hanyang", "wuhan", "wuchang"]), "other")
    counts = pd.crosstab(named, DATA.printed["reliability"], margins=True)[["official", "reprint", "secondary", "All"]]
    told = re.findall(r"^\| \W*(\w+).*? \| \W*(\d+)\W* \| \W*(\d+)\W* \| \W*(\d+)\W* \| \W*(\d+)\W* \|$", text, re.MULTILINE)
    places = {"Hanyang": "hanyang", "Wuhan": "wuhan", "Wuchang": "wuchang", "14": "other", "all": "All"}
    assert {places[who]: list(map(int, numbers)) for who, *numbers in told} == {k: list(v) for k, v in counts.T.items()}
    known = re.findall(r"(\d+) known discrepancies|^(\d+) rejects|^(\d+) figures", text, re.MULTILINE)
    assert {int("".join(one)) for one in known} == {len(DATA.discrepancies), len(DATA.rejects), len(DATA.printed)}
    line = re.search(r"^GDP [^;]*", text, re.MULTILINE)[0]
    by_name = DATA.printed["indicator"].map(DATA.indicators["name_en"].str.lower()).value_counts()
    told = {name.lower(): int(n) for name, n in re.findall(r"([A-Za-z][A-Za-z ]*?) (\d+)", line)}
    assert {name: by_name[name] for name in ("gdp", "budget revenue", "retail sales")}.items() <= told.items()


def test_the_codebook_defines_every_indicator():
    text = (SNAPSHOT / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \| .+? \| (\w+) \| (.*) \|$", text, re.MULTILINE)
    known = DATA.indicators[["name_en", "name_zh", "growth_basis", "note"]].itertuples(name=None)
    assert set(known) <= set(told)
