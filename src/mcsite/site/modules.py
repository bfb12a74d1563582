"""Browser modules of a page joined into one file, so that it is one request and light.

Each module becomes a function that is called once, after those that it imports, and returns its
exports. The text stays readable; its comments stay in the theme. Modules keep to what is read
here: named imports from files of the theme, one export a declaration, no template literal over
several lines. A module's name is its path from the folder of the first.
"""

import posixpath
import re
from collections.abc import Callable

from mcsite.errors import MachineError

_IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.{1,2}/[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class) (\w+))", re.MULTILINE)
_COMMENT = re.compile(
    r"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*\n|^[ \t]*//[^\n]*\n|(?<=[;{,]) // [^\"'`\n]*$",
    re.MULTILINE | re.DOTALL,
)
_CAST = re.compile(r"/\*\* @type (?:(?!\*/).)*\*/ ?")
_INDENT = re.compile(r"^[ \t]+|\n(?=\n)", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)
_ON_DEMAND = re.compile(r'\bimport\("\./([^"]+)"\)')


def joined_modules(entry: str, read: Callable[[str], str], *, whole: bool = False) -> str:
    """Return the module `entry` with all it imports, in one; `read` gives a module's text.

    `whole` takes along what is imported on demand, for a file that stands alone.
    """
    done: dict[str, str] = {}
    _add(entry, read, done, ())
    if whole:
        return _with_those_on_demand(entry, read, done)
    return "".join(done.values())


def on_demand(text: str) -> list[str]:
    """Return the modules beside it that a module imports only when they are needed."""
    return _ON_DEMAND.findall(_bare(text))


def _bare(text: str) -> str:
    """Return a module without comments and casts. After code, a comment that holds a quotation mark
    stays, since it could be part of a text.
    """
    return _CAST.sub("", _COMMENT.sub("", text))


def _with_those_on_demand(entry: str, read: Callable[[str], str], done: dict[str, str]) -> str:
    """Return the modules of `done` and those that they import on demand, the entry last."""
    last = done.pop(entry)
    waiting = [last, *done.values()]
    while waiting:
        for name in _ON_DEMAND.findall(waiting.pop()):
            known = set(done)
            if name not in known:
                _add(name, read, done, (entry,))
            waiting += [text for other, text in done.items() if other not in known]
    text = "".join([*done.values(), last])
    return _ON_DEMAND.sub(lambda found: f"Promise.resolve({_variable(found[1])})", text)


def _add(
    name: str, read: Callable[[str], str], done: dict[str, str], above: tuple[str, ...]
) -> None:
    """Add a module to `done`, after those that it imports."""
    if name in above:
        raise MachineError(f"browser modules import each other: {', '.join(above)}")
    text = _bare(read(name))
    imports = [
        (names, posixpath.normpath(posixpath.join(posixpath.dirname(name), path)))
        for names, path in _IMPORT.findall(text)
    ]
    for _, other in imports:
        if other not in done:
            _add(other, read, done, (*above, name))
    body = _EXPORT.sub("", _IMPORT.sub("", text))
    other_form = _OTHER.search(body)
    if other_form is not None:
        raise MachineError(f"{name}: only named imports and exports are joined: {other_form[0]}")
    taken = "".join(
        f"const {{{names.replace(' as ', ': ')}}} = {_variable(other)};\n"
        for names, other in imports
    )
    lean = _INDENT.sub("", taken + body)
    exports = ", ".join(_EXPORT.findall(text))
    if above:
        lean = f"const {_variable(name)} = (() => {{\n{lean}return {{ {exports} }};\n}})();\n"
    elif exports:
        lean += f"export {{ {exports} }};\n"
    done[name] = lean


def _variable(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))
