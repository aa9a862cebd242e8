"""YAML files as they are meant: what cannot be read is said in one sentence, and of a key that stands twice none is dropped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from hanyang_data.errors import ParameterError
from hanyang_data.textfile import decoded


class _Loader(yaml.SafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Refuse doubled keys."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for number, key in enumerate(keys):
            if key in keys[:number]:
                raise yaml.MarkedYAMLError(
                    problem=f"{key!r} stands twice", problem_mark=node.value[number][0].start_mark
                )
        return super().construct_mapping(node, deep)


def read_yaml(file: Path) -> Any:
    """The content of a YAML file.

    Raises:
        ParameterError: if it cannot be read, is not YAML or holds a key twice.
    """
    try:
        return yaml.load(decoded(file.read_bytes())[0], _Loader)
    except UnicodeError:
        raise ParameterError(f"{file} is not in UTF-8, UTF-16 or GBK: save it in UTF-8") from None
    except RecursionError:
        raise ParameterError(f"{file} is not a file of ours: its lists lie in one another without end") from None
    except OSError as error:
        raise ParameterError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    except yaml.YAMLError as error:
        raise ParameterError(f"{file} is not YAML: {' '.join(str(error).split())}") from None
