"""The contract of a snapshot folder, as tables: its files, their columns, the words and patterns a cell may hold, the keys."""

from __future__ import annotations

COLUMNS = {
    "observations.csv": [
        "source_id", "locator", "region", "indicator", "year", "period", "concept", "measure", "value", "value_high",
        "unit", "qualifier", "vintage", "basis", "token", "reliability", "note",
    ],
    "sources.csv": [
        "source_id", "title_zh", "title_en", "publisher", "published_on", "kind", "region", "url", "file", "sha256",
        "note", "publisher_zh",
    ],
    "indicators.csv": ["id", "name_en", "name_zh", "level_unit", "growth_basis", "better", "note"],
    "regions.csv": ["id", "name_en", "name_zh", "level", "part_of", "note"],
    "breaks.csv": [
        "region", "indicator", "first_year", "kind", "label_en", "label_zh", "evidence", "source_id", "locator", "token",
        "link",
    ],
    "rejects.csv": [
        "region", "indicator", "year", "period", "concept", "measure", "value", "unit", "token", "publisher", "title",
        "published_on", "url", "reason",
    ],
}  # fmt: skip

CORRECTIONS = "corrections.yaml"
OPTIONAL_FILES = ["rejects.csv", CORRECTIONS]  # a snapshot may do without
# the Chinese source line falls back on publisher; a break that says nothing is not linked
OPTIONAL_COLUMNS = {"publisher_zh": "", "link": "none"}
UNITS = ["CNY_100M", "percent", "10K_persons", "USD_100M", "CNY", "count"]
OUTTURN_VINTAGES = ["initial_estimate", "preliminary", "final", "revised"]  # in the order in which they appear
TARGET_VINTAGES = ["original", "revised", "plan"]
RELIABILITY = ["official", "reprint", "secondary"]  # in the order in which they are trusted
BOUNDS = ["at_least", "over", "within"]
NUMERIC_QUALIFIERS = ["point", "about", *BOUNDS, "range"]
WORDED_QUALIFIERS = ["positive", "in_step_with_gdp", "none"]
VOCABULARY = {
    "observations.csv": {
        "concept": ["outturn", "target"],
        "measure": ["level", "growth"],
        "unit": UNITS,
        "qualifier": NUMERIC_QUALIFIERS + WORDED_QUALIFIERS,
        "vintage": list(dict.fromkeys(OUTTURN_VINTAGES + TARGET_VINTAGES)),
        "basis": ["real", "nominal", "current_prices", "comparable", "count", "rate"],
        "reliability": RELIABILITY,
    },
    "indicators.csv": {
        "level_unit": UNITS,
        "growth_basis": ["real", "nominal", "count", "rate"],
        "better": ["higher", "lower"],
    },
    "regions.csv": {"level": ["nation", "province", "city", "district", "functional_zone"]},
    "breaks.csv": {
        "kind": ["boundary", "census", "definition", "enterprise_relocation", "comparable_basis_rule"],
        # what carries growth over the break: the growth published for its first year, or a year printed on both bases
        "link": ["none", "published_growth", "overlap"],
    },
}
PATTERNS = {
    "observations.csv": {
        "year": (r"(?:19|20)[0-9][0-9]", "a year such as 2020"),
        "period": (
            r"annual|q1|h1|q1_q3|(?:19|20)[0-9][0-9]_(?:19|20)[0-9][0-9]",
            "annual, q1, h1, q1_q3 or like 2016_2020",
        ),
        "locator": (r"L[0-9]+(?::c[0-9]+)?|p\.[0-9]+|web", "a line such as L53, L3:c120, a page such as p.4, or web"),
        "value": (r"(?:-?[0-9]+(?:\.[0-9]+)?)?", "a plain number with a dot, or nothing"),
        "value_high": (r"(?:-?[0-9]+(?:\.[0-9]+)?)?", "a plain number with a dot, or nothing"),
        "token": (r"(?s:.{1,20})", "the figure as printed, 1 to 20 characters"),
    },
    "sources.csv": {
        "source_id": (r"[a-z][a-z0-9_]*", "a lower-case id"),
        "published_on": (
            r"(?:19|20)[0-9][0-9](?:-[0-9][0-9](?:-[0-9][0-9])?)?",
            "a date such as 2023, 2023-12 or 2023-12-26",
        ),
        "sha256": (r"(?:[0-9a-f]{64})?", "64 hexadecimal digits, or nothing"),
    },
    "indicators.csv": {"id": (r"[a-z][a-z0-9_]*", "a lower-case id")},
    "regions.csv": {"id": (r"[a-z][a-z0-9_]*", "a lower-case id")},
    "breaks.csv": {"first_year": (r"(?:19|20)[0-9][0-9]", "a year such as 2020")},
    "rejects.csv": {"reason": (r"(?s:.+)", "the reason in a sentence")},
}
KEYS = {
    "observations.csv": [
        "source_id", "locator", "region", "indicator", "year", "period", "concept", "measure", "vintage", "token",
    ],
    "sources.csv": ["source_id"],
    "indicators.csv": ["id"],
    "regions.csv": ["id"],
    "breaks.csv": ["region", "indicator", "first_year"],
    "rejects.csv": [],
}  # fmt: skip
# a growth rate beyond these is a slip of the comma, not a number that a government prints for a district
GROWTH_RANGE = (-70.0, 300.0)
