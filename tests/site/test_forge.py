"""Pages lead to the file that they are made from, on the forge that keeps it."""

from dataclasses import replace

import pytest

from mcsite.content.models.forge import SourceRepository
from mcsite.site.forge import edit_url, history_url, issues_url
from mcsite.site.render import Renderer
from tests.rendering import context_of, parsed, sample, words

FILE = "catalogue/courses/data.yaml"


def repository(url: str, **more: str) -> SourceRepository:
    fields = {"url": url, "branch": "main", "forge": None, "folder": None} | more
    return SourceRepository.model_construct(**fields)  # type: ignore[arg-type] # as read from a file


@pytest.mark.parametrize(
    ("kept", "edit", "history", "issues"),
    [
        (
            repository("https://github.com/uni/micro"),
            "https://github.com/uni/micro/edit/main/catalogue/courses/data.yaml",
            "https://github.com/uni/micro/commits/main/catalogue/courses/data.yaml",
            "https://github.com/uni/micro/issues",
        ),
        (
            repository("https://gitlab.uni.example/it/micro.git", branch="live/now"),
            "https://gitlab.uni.example/it/micro/-/edit/live/now/catalogue/courses/data.yaml",
            "https://gitlab.uni.example/it/micro/-/commits/live/now/catalogue/courses/data.yaml",
            "https://gitlab.uni.example/it/micro/-/issues",
        ),
        (
            repository("https://git.uni.example/micro/", forge="gitea", folder="site"),
            "https://git.uni.example/micro/_edit/main/site/catalogue/courses/data.yaml",
            "https://git.uni.example/micro/commits/branch/main/site/catalogue/courses/data.yaml",
            "https://git.uni.example/micro/issues",
        ),
        (
            repository("https://codeberg.org/uni/micro"),
            "https://codeberg.org/uni/micro/_edit/main/catalogue/courses/data.yaml",
            "https://codeberg.org/uni/micro/commits/branch/main/catalogue/courses/data.yaml",
            "https://codeberg.org/uni/micro/issues",
        ),
        (repository("https://git.uni.example/k"), "", "https://git.uni.example/k", ""),
        (None, "", "", ""),
    ],
)
def test_a_file_is_found_on_each_forge(
    kept: SourceRepository | None, edit: str, history: str, issues: str
) -> None:
    assert edit_url(kept, FILE) == edit
    assert history_url(kept, FILE) == history
    assert issues_url(kept) == issues


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("en/courses/data-stewardship/", "courses/data-stewardship.yaml"),
        ("en/providers/gaujmalas-tehnikums/", "providers/gaujmalas-tehnikums.yaml"),
        ("lv/pathways/data-analyst/", "pathways/data-analyst.yaml"),
        ("lv/about/", "site.yaml"),
        ("en/", "site.yaml"),
        ("en/courses/", None),
        ("en/verify/", None),
    ],
)
def test_each_page_with_a_file_asks_for_corrections_of_it(path: str, file: str | None) -> None:
    kept = repository("https://github.com/uni/micro")
    site = sample().site.model_copy(update={"repository": kept})
    rendering = Renderer(context_of(replace(sample(), site=site)))
    spec = next(spec for spec in rendering.context.plan.pages if spec.path == path)
    page = parsed(rendering.page(spec))

    links = page.xpath("//footer//a[contains(@href, '/edit/')]")
    wanted = [f"https://github.com/uni/micro/edit/main/catalogue/{file}"] if file else []
    assert [link.get("href") for link in links] == wanted
    said = {"en": "Suggest a correction", "lv": "Ieteikt labojumu"}[path[:2]]
    assert [words(link) for link in links] == [said] * len(wanted)


def test_a_course_leads_to_its_history() -> None:
    kept = repository("https://github.com/uni/micro")
    site = sample().site.model_copy(update={"repository": kept})
    rendering = Renderer(context_of(replace(sample(), site=site)))
    spec = next(s for s in rendering.context.plan.pages if s.path == "en/courses/beekeeping/")
    page = parsed(rendering.page(spec))

    history = "https://github.com/uni/micro/commits/main/catalogue/courses/beekeeping.yaml"
    assert history in page.xpath("//*[@id='version']//a/@href")
