"""YAML files as they are meant: what cannot be read is said in one sentence, and of a key that stands twice none is dropped."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from hanyang_data.errors import ParameterError, brief
from hanyang_data.record.lenient import decoded

MAX_BYTES = 500_000  # of a file; the largest of the project has 2,316
MAX_VALUES = 200_000  # in a file, each alias counted as what it stands for
MAX_WHOLE = 2**63  # whole numbers stay below it: no year and no amount is longer, and other programs could not read it
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError)
OF_SIGNS = (yaml.scanner.ScannerError, yaml.composer.ComposerError)  # what a sign without quotes makes
SPECIAL = "a character that no text can hold (half of a surrogate pair)"


class _Loader(yaml.SafeLoader):
    def construct_document(self, node: yaml.Node) -> Any:
        """Refuse what aliases would blow up, before anything is made of it."""
        _count(node, {}, set())
        return super().construct_document(node)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Refuse doubled keys."""
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable) and key in seen:
                raise yaml.MarkedYAMLError(problem=f"{key!r} stands twice", problem_mark=key_node.start_mark)
            if isinstance(key, Hashable):  # of another kind of key YAML itself says that it is none
                seen.add(key)
        return super().construct_mapping(node, deep)

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Say where a value stands of which nothing can be made, such as the 45th day of a month."""
        try:
            value = super().construct_object(node, deep)
        except yaml.YAMLError:
            raise
        except UNREADABLE as error:
            tag = str(node.tag).rpartition(":")[2]
            problem = f"{brief(str(node.value), 60)!r} is no {tag} ({brief(str(error))}); a text stands in quotes"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark) from None
        problem = ""  # of a single value that YAML allows and nothing else can hold
        if isinstance(value, int) and not -MAX_WHOLE <= value < MAX_WHOLE:
            problem = f"a whole number of {value.bit_length()} bits stands where none may have more than 63"
        if isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value):
            problem = f"{brief(value.encode('utf-8', 'backslashreplace').decode(), 60)!r} holds {SPECIAL}"
        if problem:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)
        return value


def _count(node: yaml.Node, known: dict[int, int], above: set[int]) -> int:
    """How many values a node stands for; an alias has the node itself, which is counted once and added each time."""
    if id(node) in above:
        raise yaml.MarkedYAMLError(problem="an alias stands within what it names", problem_mark=node.start_mark)
    if id(node) not in known:
        parts = node.value if isinstance(node, yaml.CollectionNode) else []
        inner = [part for pair in parts for part in (pair if isinstance(pair, tuple) else (pair,))]
        within = above | {id(node)} if inner else above
        known[id(node)] = 1 + sum(_count(part, known, within) for part in inner)
        if known[id(node)] > MAX_VALUES:
            raise yaml.MarkedYAMLError(problem=f"it stands for more than {MAX_VALUES:,} values", problem_mark=node.start_mark)
    return known[id(node)]


def read_text(text: str) -> Any:
    """The content of a YAML text.

    >>> read_text("region: hanyang")
    {'region': 'hanyang'}
    """
    try:
        return yaml.load(text, _Loader)
    except RecursionError:
        raise yaml.YAMLError("it is nested too deeply") from None
    except UNREADABLE as error:  # within YAML's reader
        raise yaml.YAMLError(f"it cannot be understood ({type(error).__name__}: {brief(str(error))})") from None


def read_yaml(file: Path) -> Any:
    """The content of a YAML file."""
    try:
        with file.open("rb") as handle:
            content = handle.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise ParameterError(f"{file} has more than {MAX_BYTES:,} bytes, which is the limit: part it into several files")
        return read_text(decoded(content)[0])
    except UnicodeError:
        raise ParameterError(f"{file} is not in UTF-8, UTF-16 or GBK: save it in UTF-8") from None
    except OSError as error:
        raise ParameterError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    except yaml.YAMLError as error:
        braces = str(getattr(error, "context", "")).startswith("while parsing a flow")
        quotes = f"; a text that holds : or #{', in braces also ? or a comma,' * braces} or begins with a sign such as ? * & %"
        quotes += " stands in quotes"
        said = brief(" ".join(str(error).replace('"<unicode string>", ', "").split()))
        raise ParameterError(f"{file} is not YAML: {said}{quotes * (braces or isinstance(error, OF_SIGNS))}") from None
