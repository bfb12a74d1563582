"""mcsite schema --cms: the configuration of an editor in the browser, for people who don't write
YAML: Sveltia CMS or Decap CMS, in a folder that is no part of the site (docs/decisions/0031).
"""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from mcsite.commands.editor_fields import EditorFields, Field
from mcsite.commands.schema import schema_of
from mcsite.content.field_schemas import ID
from mcsite.content.models.site import Site
from mcsite.content.yaml_text import yaml_text
from mcsite.errors import UsageError
from mcsite.store.atomic import write_in_project

Cms = Literal["sveltia", "decap"]
CMS: tuple[Cms, ...] = ("sveltia", "decap")
FOLDER = "admin"
PACKAGES = {"sveltia": "@sveltia/cms", "decap": "decap-cms"}
SCRIPTS = {"sveltia": "sveltia-cms.js", "decap": "decap-cms.js"}
_REVIEWS = ("github", "gitlab")  # backends where a change can be a pull request
_API = {"github": "https://api.github.com", "gitlab": "/api/v4", "gitea": "/api/v1"}


@dataclass(frozen=True, slots=True)
class Forge:
    """Where the repository is kept: the kind of server, its address, and the repository's name."""

    kind: str
    origin: str
    repository: str
    branch: str

    @property
    def api(self) -> str:
        """The address at which an editor reads and writes."""
        return _API[self.kind] if self.kind == "github" else f"{self.origin}{_API[self.kind]}"


def forge_of(site: Site) -> Forge:
    """Return the forge that `repository` in site.yaml names. Editors have one way to sign in to
    Gitea and Forgejo.
    """
    named = site.repository
    if named is None:
        raise UsageError(
            "site.yaml names no repository",
            hint="repository: https://github.com/your-institution/your-repository",
        )
    parts = urlsplit(named.url)
    path = parts.path.strip("/").removesuffix(".git")
    if "/" not in path:
        raise UsageError(f"{named.url} names no repository", hint="https://host/owner/name")
    if named.kind is None:
        raise UsageError(
            f"which program keeps {named.url} can't be told from its host's name",
            hint="name it in site.yaml: repository: {url: …, forge: gitlab}",
        )
    kind = "gitea" if named.kind == "forgejo" else named.kind
    return Forge(kind, f"{parts.scheme}://{parts.netloc}", path, named.branch)


def editor_config(site: Site, cms: Cms) -> dict[str, Any]:
    """Return the configuration: three collections and the site, from the models."""
    forge = forge_of(site)
    if cms == "decap" and forge.kind == "gitea":
        raise UsageError("Decap CMS signs in to GitHub and GitLab alone", hint="--cms sveltia")
    config: dict[str, Any] = {
        "backend": _backend(forge),
        "site_url": site.base_url,
        "media_folder": "catalogue/assets",
        "public_folder": "/",
        "slug": {"encoding": "ascii", "clean_accents": True},
    }
    if forge.kind in _REVIEWS:
        config["publish_mode"] = "editorial_workflow"
    if cms == "sveltia":
        config["output"] = {"omit_empty_optional_fields": True}
    else:
        config["local_backend"] = True
    collections = [
        _collection(site, cms, "course", "title"),
        _collection(site, cms, "provider", "legal_name"),
        _collection(site, cms, "pathway", "title"),
        _site_collection(site, cms),
    ]
    return config | {"collections": collections}


def fields_of(kind: str, site: Site, cms: Cms) -> list[Field]:
    """Return the fields of a kind of file."""
    schema = schema_of(kind)
    return _fields(site, cms, schema.get("$defs", {})).of(schema)


def _fields(site: Site, cms: Cms, parts: dict[str, Any]) -> EditorFields:
    return EditorFields(languages=site.languages, lenient=cms == "decap", parts=parts)


def _backend(forge: Forge) -> dict[str, str]:
    backend = {"name": forge.kind, "repo": forge.repository, "branch": forge.branch}
    if forge.kind == "github" or forge.origin == "https://gitlab.com":
        return backend
    return backend | {"base_url": forge.origin, "api_root": forge.api}


def _collection(site: Site, cms: Cms, kind: str, title: str) -> dict[str, Any]:
    shown = _fields(site, cms, {}).in_default(title)
    slug: Any = f"{{{{fields.{shown}}}}}"
    if cms == "sveltia":
        message = "lower-case letters, digits and single hyphens"
        slug = {"template": slug, "editable": ["create"], "pattern": [ID["pattern"], message]}
    return {
        "name": f"{kind}s",
        "label": f"{kind.capitalize()}s",
        "label_singular": kind.capitalize(),
        "folder": f"catalogue/{kind}s",
        "create": True,
        "extension": "yaml",
        "format": "yaml",
        "identifier_field": shown,
        "slug": slug,
        "summary": f"{{{{{shown}}}}}",
        "editor": {"preview": False},
        "fields": fields_of(kind, site, cms),
    }


def _site_collection(site: Site, cms: Cms) -> dict[str, Any]:
    file = {
        "name": "site",
        "label": "Site",
        "file": "catalogue/site.yaml",
        "fields": fields_of("site", site, cms),
    }
    return {"name": "settings", "label": "Settings", "format": "yaml", "files": [file],
            "editor": {"preview": False}}  # fmt: skip


def config_text(site: Site, cms: Cms) -> str:
    """Return config.yml."""
    return _HEAD.format(cms=cms) + yaml_text(editor_config(site, cms))


def page_text(site: Site, cms: Cms) -> str:
    """Return the page that loads the editor, from its own folder alone."""
    policy = _POLICY.format(
        api=forge_of(site).api,
        # Decap checks its configuration with code that it makes
        code=" 'unsafe-eval'" if cms == "decap" else "",
    )
    title = escape(site.title.in_language(site.default_language).text)
    return _PAGE.format(
        policy=escape(policy),
        title=title,
        script=SCRIPTS[cms],
        before=_SVELTIA if cms == "sveltia" else "",
    )


def write_editor(project: Path, folder: Path, site: Site, cms: Cms) -> list[Path]:
    """Write the editor's configuration and page into a folder of the project."""
    files = {"config.yml": config_text(site, cms), "index.html": page_text(site, cms)}
    if cms == "sveltia":
        files["languages.js"] = _LANGUAGES
    for name, text in files.items():
        write_in_project(project, project / folder / name, text.encode())
    return [project / folder / name for name in files]


_HEAD = """\
# Made by mcsite schema --cms {cms} --write, from mcsite's models and site.yaml: make it again after
# an update of mcsite, or of the site's languages.
"""
_POLICY = (
    "default-src 'none'; script-src 'self'{code}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' blob: data:; media-src blob:; font-src 'self' data:; frame-src blob:; "
    "worker-src 'self' blob:; connect-src 'self' blob: data: {api}; base-uri 'none'; "
    "form-action 'none'"
)
# Sveltia CMS takes its icons, which are a font, and the words of its languages from other hosts,
# which the policy doesn't let it: they are read from the page's own folder.
_SVELTIA = """\
<style>
@font-face {
  font-family: "Material Symbols Outlined";
  src: url("icons.woff2") format("woff2");
  font-weight: 100 700;
}
</style>
<script src="languages.js"></script>
"""
_LANGUAGES = """\
// The words of Sveltia CMS in the reader's language: from locales/ beside this file. Where they
// aren't there, it speaks English: without an answer it would ask for ever.
const ask = window.fetch;
const words = new RegExp("^https://unpkg[.]com/@sveltia/cms@[^/]+/(locales/[A-Za-z-]+[.]json)$");
window.fetch = async (what, how) => {
  const file = words.exec(what);
  if (!file) return ask(what, how);
  const found = await ask(file[1]);
  return found.ok ? found : new Response("{}", {headers: {"Content-Type": "application/json"}});
};
"""
_PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<link rel="cms-config-url" type="text/yaml" href="config.yml">
{before}</head>
<body>
<script src="{script}"></script>
</body>
</html>
"""
