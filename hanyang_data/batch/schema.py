"""``params/schema.json``: what may stand in a params file, for editors that complete and check YAML. Made from the notebooks."""

import ast
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hanyang_data.batch.job import OUT_DIR
from hanyang_data.batch.parameters import ANY, Parameter, batch_notebooks, read_parameters, title_of
from hanyang_data.batch.plan import notebooks_folder
from hanyang_data.files import fresh

TYPES = {"str": "string", "int": "integer", "float": "number", "bool": "boolean", "None": "null", "list": "array",
         "dict": "object"}  # fmt: skip


def schema(known_values: Mapping[str, list[str]]) -> dict[str, Any]:
    """The JSON schema of params files."""
    notebooks = {file.stem: file for file in batch_notebooks(notebooks_folder())[0]}
    parameters = {
        name: {p.name: _property(p, known=p.name in known_values) for p in read_parameters(file).values() if p.name != OUT_DIR}
        for name, file in notebooks.items()
    }  # fmt: skip
    every = {key: value for properties in parameters.values() for key, value in properties.items()}
    blocks = [
        _object({"notebook": {"const": name, "description": title_of(notebooks[name])}, **_common(of)}, ["notebook"])
        for name, of in parameters.items()
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A params file: one notebook with parameters, or several under runs",
        "oneOf": [
            *blocks,
            _object({"runs": {"type": "array", "minItems": 1, "items": {"oneOf": blocks}}, **_common(every)}, ["runs"]),
        ],
        "$defs": {name: {"enum": words} for name, words in known_values.items() if name in every},
    }


def write(file: Path, known_values: Mapping[str, list[str]]) -> None:
    """Write the schema."""
    with fresh(file) as part:
        part.write_text(json.dumps(schema(known_values), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _common(properties: dict[str, Any]) -> dict[str, Any]:
    """parameters, matrix and exclude for these parameters."""
    axes = {name: {"type": "array", "minItems": 1, "items": p} for name, p in properties.items()}
    either = {name: {"anyOf": [p, {"type": "array", "items": p}]} for name, p in properties.items()}
    return {
        "parameters": _object(properties, description="What differs from the notebook's defaults."),
        "matrix": _object(axes, description="Parameter → values: every combination is run."),
        "exclude": {"type": "array", "items": _object(either), "description": "Combinations of the matrix that are not run."},
    }


def _object(properties: dict[str, Any], required: list[str] | None = None, description: str = "") -> dict[str, Any]:
    return {
        "type": "object",
        **({"description": description} if description else {}),
        "properties": properties,
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _property(parameter: Parameter, *, known: bool) -> dict[str, Any]:
    kind = _type(ast.parse(parameter.type, mode="eval").body)
    words = {"$ref": f"#/$defs/{parameter.name}"}  # hundreds of names, written once and not at every mention
    if known and kind.get("type") == "array":
        kind["items"] = words
    elif known:
        kind = words
    default = {} if parameter.computed else {"default": parameter.default}
    return {"description": parameter.help, **default, **kind}


def _type(annotation: ast.expr) -> dict[str, Any]:
    """The schema of an annotation as a parameters cell may hold it."""
    if isinstance(annotation, ast.BinOp):
        return {"anyOf": [_type(annotation.left), _type(annotation.right)]}
    if isinstance(annotation, ast.Subscript):
        if ast.unparse(annotation.value) == "list":
            return {"type": "array", "items": _type(annotation.slice)}
        options = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
        return {"enum": [ast.literal_eval(option) for option in options]}
    name = ast.unparse(annotation)
    return {} if name == ANY else {"type": TYPES[name]}
