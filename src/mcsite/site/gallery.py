"""The theme's components in all their states, for people who change the theme."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from mcsite.content.text import Localised
from mcsite.errors import ContentError
from mcsite.site.theme import Theme

_FOLDER, _ENDING = "components", ".examples.yaml"


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice."""

    def ignore_aliases(self, _: object) -> bool:
        """Name nothing for another place."""
        return True


@dataclass(frozen=True, slots=True)
class Example:
    """A component in one state: the call of its macro. `source` are the arguments as YAML."""

    name: str
    arguments: Mapping[str, Any]
    source: str


@dataclass(frozen=True, slots=True)
class Component:
    """A macro, its template, what its template says of it, and its examples."""

    name: str
    template: str
    macro: str
    documentation: str
    examples: tuple[Example, ...]


def components_of(theme: Theme) -> dict[str, Component]:
    """Return the components that have examples, by name. A site's own examples replace the
    packaged ones, as its templates do.
    """
    templates = theme.files("templates")
    found = {}
    for name, path in templates.items():
        if name.parent.name == _FOLDER and name.name.endswith(_ENDING):
            stem = name.name.removesuffix(_ENDING)
            template = name.with_name(f"{stem}.html")
            if template not in templates:
                raise ContentError(f"{path}: there is no {template} that it could show")
            found[stem] = _component(stem, str(template), templates[template], path)
    return found


def _component(name: str, template: str, source: Path, examples: Path) -> Component:
    try:
        told = yaml.safe_load(examples.read_text("utf-8"))
        macro, listed = str(told["macro"]), tuple(_examples(told["examples"]))
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise ContentError(f"{examples}: not examples of a component: {error}") from error
    text = source.read_text("utf-8")
    comment = text.partition("{#-")[2].partition("-#}")[0]
    lines = (line.strip() for line in comment.splitlines())
    return Component(name, template, macro, "\n".join(lines).strip(), listed)


def _examples(listed: list[dict[str, Any]]) -> Iterator[Example]:
    for one in listed:
        arguments = one["arguments"]
        source = yaml.dump(arguments, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100)
        yield Example(str(one["name"]), _localised(arguments), source)


def _localised(value: Any) -> Any:
    """Return YAML's value, with {text, language} as the text that a view gives."""
    if isinstance(value, dict):
        if value.keys() == {"text", "language"}:
            return Localised(value["text"], value["language"])
        return {key: _localised(item) for key, item in value.items()}
    return [_localised(item) for item in value] if isinstance(value, list) else value
