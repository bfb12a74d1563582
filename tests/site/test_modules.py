"""Joining browser modules: each runs once, sees what it imports, and nothing else."""

import base64
import json
import subprocess

import pytest

from mcsite.errors import MachineError
from mcsite.site.modules import joined_modules
from tests.rendering import ROOT

MODULES = {
    "entry.js": 'import { double as twice } from "./numbers.js";\n'
    'import { log } from "./log.js";\n'
    "/** Comments\n * of several lines. */\n"
    "const hidden = await Promise.resolve(4);\n"
    "log.push(twice(hidden)); // kept\n"
    "console.log(JSON.stringify(log));\n",
    "numbers.js": 'import { log } from "./log.js";\n'
    'log.push("once");\n'
    "const hidden = 2;\n"
    "export function double(/** @type {number} */ number) {\n  return number * hidden;\n}\n",
    "log.js": "/** @type {unknown[]} */\nexport const log = [];\n",
}


def joined(changes: dict[str, str]) -> str:
    return joined_modules("entry.js", (MODULES | changes).__getitem__)


def ran(text: str) -> str:
    """Return what a module prints."""
    command = ["node", "--input-type=module"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def test_a_module_runs_once_and_keeps_its_names_to_itself() -> None:
    assert json.loads(ran(joined({}))) == ["once", 8]


def test_what_the_first_module_exports_can_be_imported() -> None:
    text = joined_modules("numbers.js", MODULES.__getitem__)
    address = "data:text/javascript;base64," + base64.b64encode(text.encode()).decode()

    assert ran(f'console.log((await import("{address}")).double(21));') == "42\n"


def test_comments_and_indentation_stay_in_the_theme() -> None:
    text = joined({})

    assert "several lines" not in text
    assert "@type" not in text
    assert "  return" not in text


def test_a_line_that_begins_with_a_cast_is_kept() -> None:
    text = joined(
        {"log.js": "export const log =\n  /** @type {string[]} */ ([]);\nlog.push('a');\n"}
    )

    assert json.loads(ran(text)) == ["a", "once", 8]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('import log from "./log.js";', 'import log from "./log.js";'),
        ('import { x } from "https://other.example/x.js";', "https://other.example/x.js"),
        ("export default 1;", "export default 1;"),
        ("export { double };", "export { double };"),
    ],
)
def test_other_imports_and_exports_are_refused(line: str, said: str) -> None:
    with pytest.raises(MachineError, match="only named imports and exports are joined") as raised:
        joined({"numbers.js": f"{line}\n"})

    assert said in str(raised.value)


def test_a_whole_file_takes_along_what_is_imported_on_demand() -> None:
    modules = MODULES | {
        "entry.js": 'import { log } from "./log.js";\n'
        'const { late } = await import("./late.js");\n'
        "console.log(late(log));\n",
        "late.js": 'import { double } from "./numbers.js";\n'
        "export async function late(log) {\n"
        '  const { later } = await import("./later.js");\n'
        "  return log.concat(double(4), later);\n}\n"
        'export const isLate = "yes";\n',
        "later.js": 'import { isLate } from "./late.js";\nexport const later = isLate;\n',
    }
    modules["entry.js"] = modules["entry.js"].replace("late(log)", "await late(log)")
    text = joined_modules("entry.js", modules.__getitem__, whole=True)

    assert "import(" not in text
    assert ran(text) == "[ 'once', 8, 'yes' ]\n"


def test_modules_that_import_each_other_are_refused() -> None:
    with pytest.raises(MachineError, match="browser modules import each other"):
        joined({"log.js": 'import { double } from "./numbers.js";\nexport const log = [];\n'})


def test_a_saved_copy_s_module_imports_nothing_and_can_stand_in_a_page() -> None:
    folder = ROOT / "theme/static/verify"
    text = joined_modules(
        "offline-page.js", lambda other: (folder / other).read_text("utf-8"), whole=True
    )

    assert "import(" not in text
    assert "import " not in text
    assert not [word for word in ("</script", "<script", "<!--", "fetch(didUrl") if word in text]


@pytest.mark.parametrize("name", ["page.js", "file-page.js", "offline-page.js"])
def test_the_verification_pages_are_whole_modules(name: str) -> None:
    folder = ROOT / "theme/static/verify"
    text = joined_modules(name, lambda other: (folder / other).read_text("utf-8"))

    assert "\nimport " not in text
    subprocess.run(["node", "--check", "--input-type=module"], input=text, text=True, check=True)
