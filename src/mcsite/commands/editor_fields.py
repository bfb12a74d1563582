"""Fields of a content file as an editor in the browser shows them: Sveltia CMS and Decap CMS, which
read the same configuration. Made from the JSON Schemas, which are made from the models.

Where mcsite reads several forms (`participation: online` or a list; a text, or one a language) such
an editor knows one: the longest, and the site's languages each in its own field.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from mcsite.commands.schema import JsonSchema
from mcsite.content.iso import language_name

Field = dict[str, Any]
# fields that hold the id of another file, and the collection that it is in
RELATIONS = {
    "provider": "providers",
    "courses": "courses",
    "replaces": "courses",
    "featured": "courses",
}
_WORDS = {
    word: word.upper()
    for word in ("deqar", "ects", "ehea", "eqf", "nqf", "pic", "qf", "schac", "url")
} | {"eidas": "eIDAS"}
_TITLES = {"providers": "legal_name", "courses": "title"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EditorFields:
    """Makes the fields of one kind of file, for a site in `languages`.

    `lenient`: the editor asks for what a mapping needs although the mapping may be left out, so
    nothing in it is required.
    """

    languages: Sequence[str]
    lenient: bool
    parts: JsonSchema = field(default_factory=dict)

    def of(self, schema: JsonSchema, *, required: bool = True) -> list[Field]:
        """Return the fields of a mapping."""
        wanted = set(schema.get("required", ())) if required or not self.lenient else set()
        return [
            self._field(name, below, required=name in wanted)
            for name, below in schema["properties"].items()
        ]

    def _field(self, name: str, schema: JsonSchema, *, required: bool) -> Field:
        about = {"name": name, "label": _label(name), "required": required}
        if "description" in schema:
            about["hint"] = schema["description"]
        forms = list(self._forms(schema))
        several = next((form for form in forms if form.get("type") == "array"), None)
        if several is not None:
            return about | self._list(name, several["items"], required=required)
        return about | self._one(name, forms, schema, required=required)

    def _forms(self, schema: JsonSchema) -> Iterator[JsonSchema]:
        """Yield every form that a value can have, through references."""
        if "$ref" in schema:
            yield from self._forms(self.parts[schema["$ref"].rsplit("/", 1)[-1]])
        elif "anyOf" in schema and "properties" not in schema:
            for form in schema["anyOf"]:
                yield from self._forms(form)
        else:
            yield schema

    def _list(self, name: str, items: JsonSchema, *, required: bool) -> Field:
        forms = list(self._forms(items))
        if name in RELATIONS:
            return self._relation(RELATIONS[name]) | {"multiple": True}
        if _mapping_in(forms) is None and "enum" in forms[0]:
            return _select(forms[0]) | {"multiple": True}
        made: Field = {"widget": "list"} | ({"min": 1} if required else {})
        item = self._one("item", forms, items, required=True)
        if item["widget"] == "object":
            return made | {"fields": item["fields"], "collapsed": len(item["fields"]) > 2}  # noqa: PLR2004
        return made | {"field": {"name": "item", "label": _label(name), **item}}

    def _one(
        self, name: str, forms: Sequence[JsonSchema], schema: JsonSchema, *, required: bool
    ) -> Field:
        """Return what shows a single value, of the longest of its forms."""
        mapping = _mapping_in(forms)
        if mapping is not None:
            return {"widget": "object", "fields": self.of(mapping, required=required)}
        if any("patternProperties" in form for form in forms):
            return self._text("Markdown" in schema.get("description", ""), required=required)
        if name in RELATIONS:
            return self._relation(RELATIONS[name])
        return _scalar(forms[0])

    def _text(self, markdown: bool, *, required: bool) -> Field:  # noqa: FBT001 -- a kind of text
        widget: Field = {"widget": "markdown" if markdown else "string"}
        if len(self.languages) == 1:
            return widget
        return {
            "widget": "object",
            "fields": [
                {
                    "name": tag,
                    "label": language_name(tag, "en"),
                    **widget,
                    "required": tag == self.languages[0] and (required or not self.lenient),
                }
                for tag in self.languages
            ],
        }

    def in_default(self, name: str) -> str:
        """Return the path of a text in the site's first language, as templates name it."""
        return name if len(self.languages) == 1 else f"{name}.{self.languages[0]}"

    def _relation(self, collection: str) -> Field:
        shown = self.in_default(_TITLES[collection])
        return {
            "widget": "relation",
            "collection": collection,
            "value_field": "{{slug}}",
            "display_fields": [shown],
            "search_fields": [shown],
        }


def _mapping_in(forms: Sequence[JsonSchema]) -> JsonSchema | None:
    """Return the form that is a mapping of fields, not one from language to text."""
    return next(
        (form for form in forms if form.get("properties") and "patternProperties" not in form),
        None,
    )


def _select(schema: JsonSchema) -> Field:
    codes: list[str] = schema["enum"]
    labels: list[str] = schema.get("enumDescriptions", codes)
    options = [{"label": label, "value": code} for code, label in zip(codes, labels, strict=True)]
    return {"widget": "select", "options": options}


def _scalar(schema: JsonSchema) -> Field:
    if "enum" in schema:
        return _select(schema)
    kind = schema.get("type")
    if kind == "boolean":
        return {"widget": "boolean", "default": schema.get("default", False)}
    if kind in ("integer", "number"):
        return _number(schema)
    if schema.get("format") == "date":
        return {
            "widget": "datetime",
            "format": "YYYY-MM-DD",
            "date_format": "YYYY-MM-DD",
            "time_format": False,
        }
    made: Field = {"widget": "string"}
    if schema.get("pattern", r"\S") != r"\S":
        made["pattern"] = [schema["pattern"], "mcsite wouldn't read that"]
    return made


def _number(schema: JsonSchema) -> Field:
    whole = schema["type"] == "integer"
    made: Field = {"widget": "number", "value_type": "int" if whole else "float"}
    bounds = {"min": "minimum", "max": "maximum"}
    made |= {key: schema[name] for key, name in bounds.items() if name in schema}
    return made if whole else made | {"step": 0.1}


def _label(name: str) -> str:
    words = [_WORDS.get(word, word) for word in name.split("_")]
    label = " ".join(words)
    return label[0].upper() + label[1:]
