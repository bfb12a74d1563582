"""YAML that mcsite writes for people to go on with, as it reads it itself: no anchors, no tags."""

import datetime as dt
import io
import re
from typing import Any

import yaml

_ON_A_LINE = 3
_NO_WRAPPING = 10_000
_NUMBER = re.compile(r"[-+]?[0-9.][0-9_.eE+-]*|0[xo][0-9a-fA-F]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def yaml_text(value: dict[str, Any] | list[Any]) -> str:
    """Return a value as YAML, short mappings and lists below its top on one line each."""
    dumper = _Plain(io.StringIO(), default_flow_style=None, sort_keys=False)
    node: Any = dumper.represent_data(_with_days(value))
    node.flow_style = False
    text: str = yaml.serialize(node, Dumper=_Plain, allow_unicode=True, width=_NO_WRAPPING)
    return text


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 -- PyYAML asks so
        """Write out what stands twice: mcsite reads no aliases."""
        return True

    def represent_str(self, data: str) -> Any:
        """Put what YAML 1.2 reads as a number in quotes too: 09, which YAML 1.1 doesn't."""
        style = "'" if _NUMBER.fullmatch(data) else None
        return self.represent_scalar("tag:yaml.org,2002:str", data, style)

    def represent_mapping(self, tag: str, mapping: Any, flow_style: Any = None) -> Any:
        """Give each of many keys its line."""
        node = super().represent_mapping(tag, mapping, flow_style)
        node.flow_style = node.flow_style and len(mapping) <= _ON_A_LINE
        return node

    def increase_indent(self, flow: Any = None, indentless: Any = None) -> None:  # noqa: ARG002 -- PyYAML calls it so
        """Indent lists below their keys."""
        super().increase_indent(flow=bool(flow), indentless=False)


_Plain.add_representer(str, _Plain.represent_str)


def _with_days(value: Any) -> Any:
    """Return the value with its days as dates, which stand without quotes."""
    if isinstance(value, dict):
        return {key: _with_days(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_days(item) for item in value]
    if isinstance(value, str) and _DAY.fullmatch(value):
        return dt.date.fromisoformat(value)
    return value
