"""Every URL and output path of a site. Nobody else joins strings into one (design, section 4)."""

from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, urlsplit


@dataclass(frozen=True, slots=True)
class Urls:
    """Addresses of one site, below `base_url` ("https://uni.example/micro": no slash at the end).

    A *path* is relative to the site's root, as "lv/courses/" or "c/<id>.json"; `href` makes it
    a link that works under the base path, `absolute` a full URL, `output_path` a file to write.
    """

    base_url: str

    @property
    def base_path(self) -> str:
        """Path of the site on its host, beginning and ending with a slash."""
        return urlsplit(self.base_url).path.rstrip("/") + "/"

    def href(self, path: str) -> str:
        """Return `path` as an absolute-path reference for links in pages."""
        return self.base_path + quote(path, safe="/#?=&.-_~")

    def absolute(self, path: str) -> str:
        """Return `path` as a full URL."""
        return self.base_url.rstrip("/") + "/" + quote(path, safe="/#?=&.-_~")


GALLERY = "gallery/"


def example(component: str, number: int) -> str:
    """Page of one state of a component of the theme."""
    return f"{GALLERY}{component}/{number}/"


def output_path(path: str) -> PurePosixPath:
    """Return the file that answers a request for `path`."""
    return PurePosixPath(output_name(path))


def output_name(path: str) -> str:
    """Return the name of that file, from the site's root."""
    return path + "index.html" if path == "" or path.endswith("/") else path


CHOOSER = ""


def in_language(path: str, language: str, other: str) -> str:
    """Return the path of the same page in another language; pages of no language have one path."""
    if path.startswith(f"{language}/"):
        return f"{other}/{path.removeprefix(f'{language}/')}"
    return path


def for_other_readers(path: str, language: str, default: str) -> str:
    """Page for who reads none of the site's languages (hreflang x-default): the chooser is the
    home page's, as it is its own.
    """
    return CHOOSER if path == home(language) else in_language(path, language, default)


def home(language: str) -> str:
    """Home page in `language`."""
    return f"{language}/"


def courses(language: str, page: int = 1) -> str:
    """Catalogue; `page` counts from 1 (further pages serve readers without JavaScript)."""
    return numbered(f"{language}/courses/", page)


def numbered(path: str, page: int) -> str:
    """Page of a list that begins at `path`; `page` counts from 1."""
    return path if page == 1 else f"{path}page/{page}/"


def course(language: str, course_id: str) -> str:
    """Page of a course."""
    return f"{language}/courses/{course_id}/"


def providers(language: str) -> str:
    """Index of providers."""
    return f"{language}/providers/"


def provider(language: str, provider_id: str) -> str:
    """Page of a provider."""
    return f"{language}/providers/{provider_id}/"


def pathways(language: str) -> str:
    """Index of pathways."""
    return f"{language}/pathways/"


def pathway(language: str, pathway_id: str) -> str:
    """Page of a pathway."""
    return f"{language}/pathways/{pathway_id}/"


def thing(language: str, kind: str, name: str) -> str:
    """Page of one course, provider or pathway; `kind` is a plural."""
    return f"{language}/{kind}/{name}/"


def topics(language: str, kind: str) -> str:
    """Index of one kind of topic: fields, levels, skills, occupations or languages."""
    return f"{language}/{kind}/"


def topic(language: str, kind: str, key: str) -> str:
    """Page of one topic; `key` is an ISCED-F code, EQF level, ESCO UUID or language tag."""
    return f"{language}/{kind}/{key}/"


def social_image(page: str) -> str:
    """Picture that goes with links to a page, which is a folder."""
    return f"{page}social.png"


def saved(language: str) -> str:
    """The page of the courses that a reader saved."""
    return f"{language}/saved/"


def verify(language: str) -> str:
    """The page that checks files."""
    return f"{language}/verify/"


def text_page(language: str, name: str) -> str:
    """About, privacy or accessibility."""
    return f"{language}/{name}/"


def credential(credential_id: str) -> str:
    """Verification page of a credential; the same in every language."""
    return f"c/{credential_id}/"


def credential_json(credential_id: str) -> str:
    """The signed document of a public credential."""
    return f"c/{credential_id}.json"


def status_notice(credential_id: str) -> str:
    """Signed notice that tells when and why a credential was withdrawn or suspended."""
    return f"c/{credential_id}/notice.json"


def achievement(course_id: str, language: str | None = None) -> str:
    """Open Badges achievement of a course today; `language` None is the site's default."""
    name = "achievement.json" if language is None else f"achievement.{language}.json"
    return f"courses/{course_id}/{name}"


def status_list(number: int) -> str:
    """A signed status list."""
    return f"status/{number}.json"


def static(name: str) -> str:
    """A file of the theme: `name` is relative to theme/static/."""
    return f"static/{name}"


def asset(name: str) -> str:
    """A file of catalogue/assets/."""
    return f"assets/{name}"


def facets(language: str) -> str:
    """Facet table of the catalogue."""
    return f"{language}/courses/facets.json"


SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
TRUSTED_ISSUERS = "trust/issuers.json"
MANIFEST = "manifest.json"
NOT_FOUND = "404.html"
CATALOGUE_JSON = "catalogue.json"
CATALOGUE_CSV = "catalogue.csv"
CATALOGUE_JSONLD = "catalogue.jsonld"
LOQ_XML = "data/loq.xml"
ELM_TURTLE = "data/elm.ttl"
MOOCHUB = "data/moochub.json"
DCAT = "data/dcat.jsonld"


def feed(language: str) -> str:
    """Atom feed of courses."""
    return f"{language}/feed.xml"
