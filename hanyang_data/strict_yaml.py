"""YAML files as they are meant: what cannot be read is said in one sentence, and of a key that stands twice none is dropped."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Any

import yaml

from hanyang_data.errors import ParameterError, shown


class _Loader(yaml.SafeLoader):
    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """Say where a day stands that does not exist, or a number of too many digits."""
        try:
            return super().construct_object(node, deep)
        except ValueError as error:
            found = shown(getattr(node, "value", ""))
            raise yaml.MarkedYAMLError(problem=f"{found}: {error}", problem_mark=node.start_mark) from None

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Refuse doubled keys."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for number, key in enumerate(keys):
            if key in keys[:number]:
                raise yaml.MarkedYAMLError(
                    problem=f"{key!r} stands twice", problem_mark=node.value[number][0].start_mark
                )
        return super().construct_mapping(node, deep)


def _text(file: Path) -> str:
    """The text of a file in UTF-8, or in UTF-16 where its mark says so: another encoding has more than one reading."""
    content = file.read_bytes()
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        raise ParameterError(f"{file} is not in UTF-8 (GBK, perhaps): save it as UTF-8") from None


def read_yaml(file: Path) -> Any:
    """The content of a YAML file.

    Raises:
        ParameterError: if it cannot be read, is not YAML or holds a key twice.
    """
    try:
        return yaml.load(_text(file), _Loader)
    except OSError as error:
        raise ParameterError(f"{file} cannot be read: {error.strerror or error}") from None
    except RecursionError:
        raise ParameterError(f"{file} holds lists or keys within one another, too deep to be meant") from None
    except yaml.YAMLError as error:
        raise ParameterError(f"{file} is not YAML: {' '.join(str(error).split())}") from None
