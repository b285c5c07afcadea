"""YAML as the data files are written: plain words stay words."""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any

import yaml

from sitrep.ontology.check import wrong

# YAML 1.1 reads the keys "on" and "no" as booleans, 061 as an octal number and 2016-08-01 as a date;
# here prepositions, codes and dates are words, so only these plain forms are resolved
RESOLVED = {
    "tag:yaml.org,2002:bool": (re.compile(r"^(?:true|false)$"), "tf"),
    "tag:yaml.org,2002:null": (re.compile(r"^(?:null|~|)$"), "n~\0"),
    "tag:yaml.org,2002:int": (re.compile(r"^-?(?:0|[1-9][0-9]*)$"), "-0123456789"),
    "tag:yaml.org,2002:float": (re.compile(r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$"), "-0123456789"),
}


class WordLoader(yaml.CSafeLoader):
    """Safe YAML without surprises: a key that stands twice is an error."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 (PyYAML's own name for it; filled below, once)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """A mapping whose keys are all different."""
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=deep)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


for _tag, (_pattern, _first) in RESOLVED.items():
    WordLoader.add_implicit_resolver(_tag, _pattern, ["" if sign == "\0" else sign for sign in _first])


def parse_yaml(source: bytes, file: str) -> object:
    """The content of a YAML (or JSON) file. Raises OntologyError with the line where it does not parse."""
    try:
        return yaml.load(source, Loader=WordLoader)  # noqa: S506 (WordLoader is a safe loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise wrong(file, f"line {mark.line + 1}" if mark else "", error.problem or "not YAML") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise wrong(file, "", f"not YAML: {error}") from error
