"""The `mcsite` command: a table of commands, each imported only when it is named.

Nothing heavy is imported here, so that `--help` answers at once.
"""

import argparse
import gc
import importlib
import sys
from collections.abc import Sequence

from mcsite.cli.exits import Exit
from mcsite.cli.output import coloured, show_findings, tell
from mcsite.errors import ContentError, McsiteError

# name → (module below mcsite.cli, one line for --help), in the order of a user's day
COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("init", "start a new institution repository"),
    "new": ("new", "add a course, provider or pathway"),
    "import": ("importing", "take courses over from tables and linked data"),
    "check": ("check", "report what is wrong in the files"),
    "diff": ("diff", "say what a change means"),
    "build": ("build", "make the site"),
    "serve": ("serve", "build, watch and show the site on this machine"),
    "keygen": ("keygen", "make a signing key"),
    "keys": ("keys", "list the signing keys; retire one, or say that it was stolen"),
    "issue": ("issue", "sign credentials for a list of learners"),
    "revoke": ("revoke", "withdraw a credential"),
    "suspend": ("suspend", "suspend a credential"),
    "reinstate": ("reinstate", "end the suspension of a credential"),
    "supersede": ("supersede", "replace a credential by a corrected one"),
    "erase": ("erase", "take a credential out of the repository and off the site"),
    "refresh": ("refresh", "sign the status lists anew before they run out"),
    "verify": ("verify", "check credentials: files, folders or links"),
    "verify-site": ("verify_site", "compare a published site with what this repository builds"),
    "archive": ("archive", "write a dated copy of the site that verifies without it"),
    "export": ("export", "give an issued credential in another format"),
    "headers": ("headers", "print a host's configuration: the headers it should send"),
    "schema": ("schema", "write JSON Schemas for editors, or the files of one in the browser"),
}

_OFTEN = 50_000  # new values between two looks


def parser_for(command: str | None) -> argparse.ArgumentParser:
    """Return the argument parser; only `command`'s own arguments are filled in."""
    parser = argparse.ArgumentParser(
        prog="mcsite",
        description="Micro-credential catalogues and verification pages, from files in Git.",
    )
    parser.add_argument("--version", action="store_true", help="print the version and stop")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, (module, summary) in COMMANDS.items():
        sentence = f"{summary[0].upper()}{summary[1:]}."
        sub = commands.add_parser(name, help=summary, description=sentence)
        if name == command:
            importlib.import_module(f"mcsite.cli.{module}").add_arguments(sub)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; the only place where errors become codes."""
    try:
        return _run(list(sys.argv[1:] if argv is None else argv))
    except McsiteError as error:
        _show_error(error)
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.FAILED
    except KeyboardInterrupt:
        tell("stopped")
        return Exit.FAILED


def _run(arguments: list[str]) -> int:
    command = next((word for word in arguments if not word.startswith("-")), None)
    parser = parser_for(command)
    args = parser.parse_args(arguments)
    _expect_many_values()
    if args.version:
        return _show_version()
    if args.command is None:
        parser.print_help()
        return Exit.MISUSED
    return int(importlib.import_module(f"mcsite.cli.{COMMANDS[args.command][0]}").run(args))


def _expect_many_values() -> None:
    """Look for rubbish less often: a catalogue is many values, and hardly any of them in circles.

    Python's own pace costs a third of the time in which a large catalogue is read.
    """
    gc.freeze()
    gc.set_threshold(_OFTEN, 20, 50)


def _show_version() -> int:
    metadata = importlib.import_module("importlib.metadata")
    sys.stdout.write(f"mcsite {metadata.version('mcsite')}\n")
    return Exit.FINE


def _show_error(error: McsiteError) -> None:
    if isinstance(error, ContentError) and error.findings:
        pathlib = importlib.import_module("pathlib")
        show_findings(error.findings, pathlib.Path.cwd())
    tell(f"{coloured('mcsite:', '31', stream=sys.stderr)} {error}")
    if error.hint:
        tell(f"hint: {error.hint}")
