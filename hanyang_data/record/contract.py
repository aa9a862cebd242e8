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
    "indicators.csv": ["id", "name_en", "name_zh", "level_unit", "growth_basis", "better", "note", "aliases"],
    "regions.csv": ["id", "name_en", "name_zh", "level", "part_of", "note", "aliases"],
    "breaks.csv": [
        "region", "indicator", "first_year", "kind", "label_en", "label_zh", "evidence", "source_id", "locator", "token",
        "link", "evidence_zh",
    ],
    "rejects.csv": [
        "region", "indicator", "year", "period", "concept", "measure", "value", "unit", "token", "publisher", "title",
        "published_on", "url", "reason", "reason_zh",
    ],
    "discrepancies.csv": ["check", "region", "indicator", "year", "measure", "reason", "reason_zh"],
}  # fmt: skip

CORRECTIONS = "corrections.yaml"
OPTIONAL_FILES = ["rejects.csv", "discrepancies.csv", CORRECTIONS]  # a snapshot may do without
# where there is no Chinese text the other one stands; a break that says nothing is not linked
OPTIONAL_COLUMNS = {"publisher_zh": "", "evidence_zh": "", "reason_zh": "", "link": "none", "aliases": ""}
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
            r"annual|q1|h1|q1_q3|undated|(?:19|20)[0-9][0-9]_(?:19|20)[0-9][0-9]",
            "annual, q1, h1, q1_q3, like 2016_2020, or undated",
        ),
        "locator": (
            r"L[0-9]+(?::c[0-9]+)?|p\.[0-9]+|web|[A-Z]{1,3}[0-9]+",
            "a line such as L53, L3:c120, a page such as p.4, a cell such as B5, or web",
        ),
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
    "discrepancies.csv": {
        "year": (r"(?:19|20)[0-9][0-9]", "a year such as 2020"),
        "reason": (r"(?s:.+)", "the reason in a sentence"),
    },
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
    "discrepancies.csv": ["check", "region", "indicator", "year", "measure"],
}  # fmt: skip
HALF_DIGIT = 0.05  # percentage points: what rounding can hide in a rate printed to a tenth
UNMATCHED_GROWTH = [
    "fixed_asset_investment"
]  # growth is on a comparable basis and need not match the ratio of printed levels
# a growth rate beyond these is a slip of the comma, not a number that a government prints for a district
GROWTH_RANGE = (-70.0, 300.0)
# what the columns point to in other files: column → file, whose key it holds
REFERENCES = {
    "observations.csv": {"source_id": "sources.csv", "region": "regions.csv", "indicator": "indicators.csv"},
    "sources.csv": {"region": "regions.csv"},
    "breaks.csv": {"region": "regions.csv", "indicator": "indicators.csv", "source_id": "sources.csv"},
}
# columns that are read as something else than text, in the words of the Table Schema standard
TYPES = {
    "observations.csv": {"year": "year", "value": "number", "value_high": "number"},
    "breaks.csv": {"first_year": "year"},
    "discrepancies.csv": {"year": "year"},
}
ONE_ROW_PER = {
    "observations.csv": "printed figure: what, where, when and how it was worded; nothing computed",
    "sources.csv": "text that was read: title, publisher, date",
    "indicators.csv": "indicator: names, unit of its level, nature of its growth, which direction is better",
    "regions.csv": "region",
    "breaks.csv": "year from which a series stands on another basis, with the evidence",
    "rejects.csv": "figure that was found and not taken in, with the reason",
    "discrepancies.csv": "figure that is known not to fit the others, with the reason",
}
DESCRIPTIONS = {
    "observations.csv": {
        "source_id": "the text the figure was read in",
        "locator": "where in the text: line L53, character L3:c120 of a very long line, page p.4, cell B5, or web for a page",
        "region": "what the figure is about",
        "indicator": "what is measured; different quantities have different ids even where the wording is alike",
        "year": "the year; of several years the last",
        "period": "annual; q1, h1, q1_q3 from January on; 2016_2020 for several years; undated where none is printed",
        "concept": "outturn, what happened; target, what was set",
        "measure": "level, an amount; growth, the change on the year before in percent",
        "value": "the number in its unit; empty for a wording without a number",
        "value_high": "upper end of a range, else empty",
        "unit": "CNY_100M 亿元; USD_100M 亿美元; 10K_persons 万人; CNY yuan; count; percent, of all growth, shares and rates",
        "qualifier": "how the number is meant: point; about 左右; at_least 以上; over 突破 (not included); within 以内; range; "
        "positive 正增长; in_step_with_gdp 与经济增长同步; none for another wording",
        "vintage": "outturns: initial_estimate 预计, preliminary 统计公报, final in a later text, revised; "
        "targets: original, revised, plan (five-year plan)",
        "basis": "real (constant prices) and nominal for growth; current_prices for levels; comparable 可比口径; count; rate",
        "token": "the figure with its unit exactly as printed, 1 to 20 characters",
        "reliability": "official; reprint of an official text on another's page; secondary for anything else",
        "note": "what a reader must know: coverage, broken cells, doubts",
    },
    "sources.csv": {
        "source_id": "id of the text: small letters, digits and _",
        "title_zh": "title in Chinese, as printed",
        "title_en": "title in English, as a source line shows it",
        "publisher": "who issued the text, in English",
        "published_on": "day on which it was delivered or published, or month or year where no day is printed",
        "kind": "work_report, plan_report, bulletin, article or the like",
        "region": "the region whose text it is",
        "url": "address of the page that was read",
        "file": "file name of the text where one was kept, for hanyang audit",
        "sha256": "sha256 of that file, or nothing",
        "note": "what a reader must know of the text",
        "publisher_zh": "who issued the text, in Chinese",
    },
    "indicators.csv": {
        "id": "id of the indicator: small letters, digits and _",
        "name_en": "name in English, as figures show it",
        "name_zh": "name in Chinese, as figures show it",
        "level_unit": "unit of its levels",
        "growth_basis": "nature of its growth: real, nominal, count or rate",
        "better": "which direction is better: lower for prices and unemployment",
        "note": "what a reader must know of the indicator",
        "aliases": "what else it is called, | between; may be left empty",
    },
    "regions.csv": {
        "id": "id of the region: small letters, digits and _",
        "name_en": "name in English, as figures show it",
        "name_zh": "name in Chinese, as figures show it",
        "level": "nation, province, city, district or functional_zone",
        "part_of": "id of the region that contains it",
        "note": "what a reader must know of the region",
        "aliases": "what else it is called, | between; may be left empty",
    },
    "breaks.csv": {
        "region": "region of the series",
        "indicator": "indicator of the series",
        "first_year": "first year on the new basis",
        "kind": "what changed",
        "label_en": "a few words for the figure, in English",
        "label_zh": "a few words for the figure, in Chinese",
        "evidence": "what the text says, in a sentence",
        "source_id": "the text that says so",
        "locator": "where in the text, as in observations.csv",
        "token": "the words as printed",
        "link": "what carries growth over the break: published_growth, overlap of two bases, or none",
        "evidence_zh": "the evidence in Chinese; may be left empty",
    },
    "rejects.csv": {
        "region": "what the figure is about",
        "indicator": "what is measured",
        "year": "the year it stands for",
        "period": "as in observations.csv",
        "concept": "as in observations.csv",
        "measure": "as in observations.csv",
        "value": "the number as printed",
        "unit": "as in observations.csv",
        "token": "the figure exactly as printed",
        "publisher": "who issued the text or carried it",
        "title": "title of the text",
        "published_on": "its date",
        "url": "address of the page",
        "reason": "why it was not taken in, in a sentence",
        "reason_zh": "the reason in Chinese; may be left empty",
    },
    "discrepancies.csv": {
        "check": "the check that it does not pass",
        "region": "region of the figure",
        "indicator": "indicator of the figure",
        "year": "year of the figure",
        "measure": "level or growth",
        "reason": "why it stays all the same, in a sentence",
        "reason_zh": "the reason in Chinese; may be left empty",
    },
}  # fmt: skip
