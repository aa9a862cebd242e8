"""A choice in the address of the page, behind its #: so that what one sees can be sent to a colleague."""

from dataclasses import asdict, fields, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from hanyang_data.explore.choices import Choice, start
from hanyang_data.studies.registry import ANALYSES
from hanyang_data.words.wording import LANGUAGES


def address_of(choice: Choice) -> str:
    """What a choice adds to the address: analysis and language, and whatever differs from what the analysis opens with.

    Example:
        >>> address_of(Choice(region="wuhan", regions=("wuchang", "hongshan")))
        'analysis=trend&lang=en&region=wuhan&regions=wuchang.hongshan'
    """
    usual = asdict(start(choice.lang, choice.analysis))
    told = {n: ".".join(v) if n == "regions" else str(v) for n, v in asdict(choice).items() if v != usual[n]}
    return urlencode({"analysis": choice.analysis, "lang": choice.lang} | told)


def choice_in(address: str, now: Choice) -> Choice:
    """The choice that an address asks for; what it does not name is what the analysis opens with, what is no value is left out.

    Whether there is data for it, and whether its ids exist, :meth:`Shelf.settle` decides.

    Args:
        address: of :func:`address_of`, or what somebody typed.
        now: the choice that is shown, for the language.
    """
    told = dict(parse_qsl(address))
    lang = told["lang"] if told.get("lang") in LANGUAGES else now.lang
    base = start(lang, told["analysis"] if told.get("analysis") in ANALYSES else now.analysis)
    known: dict[str, Any] = {}
    for name in (field.name for field in fields(Choice) if field.name not in ("analysis", "lang")):
        value = told.get(name, "")
        if name == "regions" and value:
            known[name] = tuple(value.split("."))
        elif name in ("start_year", "end_year") and value.isdecimal():
            known[name] = int(value[:4])
        elif value and name not in ("start_year", "end_year"):
            known[name] = value
    return replace(base, **known)
