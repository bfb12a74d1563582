"""What a forge runs for a repository: checks, previews, comments, and the published site."""

from importlib import metadata, resources
from types import MappingProxyType

_GITHUB = MappingProxyType(
    {
        f".github/workflows/{name}.yml": f"workflows/github/{name}.yml"
        for name in ("check", "comment", "deploy")
    }
)
_GITLAB = MappingProxyType({".gitlab-ci.yml": "workflows/gitlab/ci.yml"})
FORGES = MappingProxyType(
    {"github": _GITHUB, "gitlab": _GITLAB, "both": {**_GITHUB, **_GITLAB}, "none": {}}
)
_REQUIREMENTS = """\
# What the forge's machines install. Add hashes to be sure of every byte, libraries included:
# uv pip compile --generate-hashes --universal requirements.in, or pip-compile --generate-hashes
mcsite=={version}
"""


def workflow_files(forge: str) -> dict[str, str]:
    """Return the files to write for a forge, by path; `forge` is one of FORGES."""
    here = resources.files("mcsite.commands")
    found = {path: (here / name).read_text("utf-8") for path, name in FORGES[forge].items()}
    if found:
        found["requirements.txt"] = _REQUIREMENTS.format(version=metadata.version("mcsite"))
    return found
