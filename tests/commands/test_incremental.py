"""Building again: whatever was edited, the site is the one that a clean build makes."""

import datetime as dt
import random
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcsite.commands import making
from mcsite.commands.build import BuildReport, BuildRequest, build_site
from mcsite.commands.status import StatusRequest, change_status
from mcsite.content.load import Loaded, load_catalogue
from mcsite.errors import ContentError, UsageError
from mcsite.site import issued, plan, word_index
from mcsite.site.shards import Pages, Shard, Worker
from mcsite.site.theme import packaged_theme
from mcsite.site.views import results
from mcsite.store.batches import Chunk
from tests.project import COURSE, NOW, PROVIDER, SITE, Project
from tests.repository import Repository

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>'
SKILLS = [f"http://data.europa.eu/esco/skill/{number:08}-0000-4000-8000-000000000000"
          for number in range(3)]  # fmt: skip
OCCUPATION = "http://data.europa.eu/esco/occupation/00000000-0000-4000-8000-000000000000"
BASE_HTML = (packaged_theme() / "templates/base.html").read_text("utf-8")
BUILT = "{% if view.head.footer.built %}"
UNSTAMPED = BASE_HTML.replace(BUILT, "{% if false %}")
HOME = '{% extends "default/pages/home.html" %}{% block title %}Home{% endblock %}'
MARKET = "occupation,region,period,vacancies,trend,source\n"
WORDS = ("Dati", "Līgumi", "Meži", "Ūdens", "Kods", "Tiesības")
DAY = dt.timedelta(days=1)


def request(project: Project, **changes: object) -> BuildRequest:
    """Return the request to build a project's site in public/."""
    base = BuildRequest(
        project=project.root, output=project.root / "public", built_at=NOW, now=NOW, jobs=1,
        search=False, images=False,
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type] # names are checked by replace


def files(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def folders(folder: Path) -> set[str]:
    """Return every folder in a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_dir()}


def compare(asked: BuildRequest) -> BuildReport:
    """Build over what is there, and build cleanly elsewhere: site and findings have to agree."""
    with tempfile.TemporaryDirectory() as elsewhere:
        report = build_site(asked)
        clean = replace(asked, output=Path(elsewhere) / "site")
        expected = build_site(clean)
        found, wanted = files(asked.output), files(clean.output)
        assert [name for name in wanted if found.get(name) != wanted[name]] == []
        assert sorted(found) == sorted(wanted)
        assert folders(asked.output) == folders(clean.output)
    assert report == replace(expected, written=report.written)
    return report


class Editor:
    """Edits a project as its people would, by chance."""

    def __init__(self, project: Project, chance: random.Random) -> None:
        self.project = project
        self.chance = chance
        self.day = 0
        self.repository: Repository | None = None

    def course(self) -> None:
        """Add a course, or write one anew."""
        pick, title = self.chance.choice, self.chance.choice(WORDS)
        text = COURSE.replace("Datu pārvaldība", title).replace(
            '"0612"', pick(['"0612"', '"0511"'])
        )
        text = text.replace("eqf: 6", pick(["eqf: 6", "eqf: 5"]))
        text = text.replace(
            "provider: uni", pick(["provider: uni", f"provider: {self._provider()}"])
        )
        if pick([True, False]):
            text += f"skills: [{{uri: {pick(SKILLS)}, label: {pick(WORDS)}}}]\n"
        if pick([True, False]):
            text += f"occupations: [{{uri: {OCCUPATION}, label: {pick(WORDS)}}}]\n"
        if pick([True, False]):
            start = (NOW + pick([1, 2, 400]) * DAY).date()
            text += f"offerings: [{{start: {start}, apply_by: {start}}}]\n"
        if pick([True, False, False]):
            text += "withdrawn: {since: 2026-01-01}\n"
        if pick([True, False, False]):
            text += f"aliases: [{pick(['before', 'once'])}]\n"
        self.project.write(
            f"catalogue/courses/{pick(['data', 'law', 'forest', 'code'])}.yaml", text
        )

    def _provider(self) -> str:
        return self.chance.choice(self._names("providers"))

    def _names(self, kind: str) -> list[str]:
        return sorted(path.stem for path in (self.project.root / "catalogue" / kind).glob("*.yaml"))

    def no_course(self) -> None:
        """Remove a course; that can be one too many, which no build allows."""
        self._remove(f"catalogue/courses/{self.chance.choice(self._names('courses'))}.yaml")

    def _remove(self, name: str) -> None:
        (self.project.root / name).unlink(missing_ok=True)

    def provider(self) -> None:
        """Add a provider, or name one anew."""
        name = self.chance.choice(["uni", "school", "academy"])
        text = PROVIDER.replace("Parauga", self.chance.choice(WORDS))
        if self.chance.choice([True, False, False]):
            text += f"aliases: [{name}-before]\n"
        self.project.write(f"catalogue/providers/{name}.yaml", text)

    def pathway(self) -> None:
        """Add a pathway, change it, or take it away."""
        names = self.chance.sample(self._names("courses"), min(2, len(self._names("courses"))))
        steps = "".join(f"  - {{courses: {name}}}\n" for name in names)
        text = f"title: {self.chance.choice(WORDS)}\noutcome: {{occupation: {OCCUPATION}}}\n"
        way = self.chance.choice(["way", "way", "other-way"])
        if self.chance.choice([True, False]):
            text += f"aliases: [first-{way}]\n"
        if self.chance.choice([True, True, False]):
            self.project.write(f"catalogue/pathways/{way}.yaml", f"{text}steps:\n{steps}")
        else:
            self._remove(f"catalogue/pathways/{way}.yaml")

    def site(self) -> None:
        """Change what stands on every page."""
        text = SITE.replace("Parauga", self.chance.choice(WORDS))
        if self.chance.choice([True, False]):
            text = text.replace(
                "[lv, en]", self.chance.choice(["[en, lv]", "[lv, en, de]", "[lv]"])
            )
        if self.chance.choice([True, False, False]):
            text += f"sunset: {(NOW + self.chance.choice([-1, 1, 2]) * DAY).date()}\n"
        self.project.write("catalogue/site.yaml", text)

    def theme(self) -> None:
        """Change a template, a style sheet, or a translation; or go back."""
        if self.chance.choice([True, False, False]):
            shutil.rmtree(self.project.root / "theme", ignore_errors=True)
            return
        if self.chance.choice([True, False]):
            text = self.chance.choice([UNSTAMPED, BASE_HTML])
            self.project.write("theme/templates/base.html", text)
            return
        word = self.chance.choice(WORDS)
        self.project.write("theme/static/css/own.css", f".own::after {{ content: '{word}'; }}\n")
        block = f"{{% block title %}}{word}{{% endblock %}}"
        text = f'{{% extends "default/pages/home.html" %}}\n{block}\n'
        self.project.write("theme/templates/pages/home.html", text)

    def market(self) -> None:
        """Change the figures of the labour market."""
        number = self.chance.randrange(3)
        row = f"{OCCUPATION},LV,2026-Q3,{number},rising,Izdomāts\n"
        self.project.write("catalogue/labour-market.csv", MARKET + (row if number else ""))

    def picture(self) -> None:
        """Add a picture, change or remove it."""
        if self.chance.choice([True, True, False]):
            text = PICTURE.replace("M0 0", f"M0 {self.chance.randrange(3)}")
            self.project.write("catalogue/assets/a/picture.svg", text)
        else:
            self._remove("catalogue/assets/a/picture.svg")

    def people(self) -> None:
        """Issue credentials."""
        names = [f"Anna {self.chance.choice(WORDS)}" for _ in range(self.chance.randrange(1, 3))]
        (self.project.root / "catalogue/courses/data.yaml").write_text(COURSE, "utf-8")
        issue = self.chance.choice([self.project.issue, self.project.issue_sealed])
        with suppress(UsageError):  # a closed catalogue issues nothing
            issue(*names)

    def status(self) -> None:
        """Suspend, reinstate or revoke a credential."""
        batch = self.project.root / "credentials/batch.jsonl"
        lines = batch.read_text("utf-8").splitlines() if batch.exists() else []
        if not lines:
            return
        credential = self.chance.choice(lines).partition("/c/")[2][:22]
        asked = StatusRequest(
            project=self.project.root, credential=credential,
            action=self.chance.choice(["suspend", "revoke"]), reason="Pārbaude",
            key_file=self.project.key, now=NOW,
        )  # fmt: skip
        with suppress(UsageError):  # it is withdrawn already
            change_status(asked, self.project.catalogue)

    def lost_line(self) -> None:
        """Lose the first line of a batch, as a bad merge would."""
        batch = self.project.root / "credentials/batch.jsonl"
        lines = batch.read_text("utf-8").splitlines(keepends=True) if batch.exists() else []
        if lines:
            batch.write_text("".join(lines[1:]), "utf-8")

    def next_day(self) -> None:
        """Let some days go by."""
        self.day += self.chance.choice([1, 2])

    def commit(self) -> None:
        """Commit what there is."""
        if self.repository is None:
            self.repository = Repository(self.project.root, {})
            self.project.write(".gitignore", "public\n")
        self.repository.git("add", "-A")
        self.repository.git("commit", "-q", "--allow-empty", "-m", "x", day="2026-02-02")

    def cache(self) -> None:
        """Harm what was kept of the last build."""
        folder = self.project.root / ".public.mcsite-cache"
        for path in sorted(folder.glob("*.json*")):
            harm = self.chance.choice(["none", "cut", "other", "gone"])
            if harm == "gone":
                path.unlink()
            elif harm != "none":
                data = path.read_bytes()
                path.write_bytes(data[: len(data) // 2] if harm == "cut" else b'{"format": 1}')

    def output(self) -> None:
        """Take the site away."""
        shutil.rmtree(self.project.root / "public", ignore_errors=True)


EDITS: list[Callable[[Editor], None]] = [
    Editor.course, Editor.course, Editor.course, Editor.no_course, Editor.provider, Editor.pathway,
    Editor.site, Editor.theme, Editor.market, Editor.picture, Editor.people, Editor.status,
    Editor.lost_line, Editor.next_day, Editor.commit, Editor.cache, Editor.output,
]  # fmt: skip
"""What can happen between two builds; courses are what is edited most."""


@settings(max_examples=12)
@given(st.lists(st.sampled_from(EDITS), min_size=2, max_size=7), st.randoms(use_true_random=False))
def test_any_edits_give_the_site_of_a_clean_build(
    edits: list[Callable[[Editor], None]], chance: random.Random
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(plan, "PER_PAGE", 2),  # lists of few courses have several pages
        patch.object(results, "PER_PAGE", 2),
    ):
        project = Project(Path(folder)).with_key()
        project.issue("Anna Parauga", "Jānis Paraugs")
        editor = Editor(project, chance)
        compare(request(project))
        for edit in edits:
            try:
                edit(editor)
                moment = NOW + editor.day * DAY
                compare(request(project, built_at=moment, now=moment))
            except ContentError:
                continue  # an edit broke the content; the next one starts from there


def test_only_what_would_be_other_is_written(tmp_path: Path) -> None:
    project = Project(tmp_path).with_key()
    project.issue("Anna Parauga")
    for number in range(30):
        project.write(f"catalogue/courses/c{number:02}.yaml", COURSE)
    whole = build_site(request(project))
    assert whole.written == whole.files
    assert build_site(request(project)).written == 0

    project.write("catalogue/courses/c07.yaml", COURSE.replace("Apraksta", "Raksturo"))
    times = {path: path.stat().st_mtime_ns for path in (project.root / "public").rglob("*")}
    report = compare(request(project))
    changed = {
        path.relative_to(project.root / "public").as_posix()
        for path, time in times.items()
        if path.is_file() and path.stat().st_mtime_ns != time
    }

    assert len(changed) == report.written < 15
    assert {"lv/courses/c07/index.html", "en/courses/c07/index.html", "manifest.json"} <= changed
    assert not [name for name in changed if name.startswith(("c/", "lv/providers/", "static/"))]


def shards_of(asked: BuildRequest) -> list[Shard]:
    """Build over what is there, and return what was made for it."""
    with patch.object(Worker, "do", autospec=True, side_effect=Worker.do) as do:
        build_site(asked)
    return [call.args[1] for call in do.call_args_list]


def test_a_pathway_concerns_no_credentials_and_another_one_its_courses_alone(
    tmp_path: Path,
) -> None:
    project = Project(tmp_path).with_key()
    project.issue("Anna Parauga")
    for name in ("law", "other"):
        project.write(f"catalogue/courses/{name}.yaml", COURSE)
    build_site(request(project))

    way = "title: {lv: Ceļš, en: Way}\noutcome: {qualification: X}\nsteps: [{courses: data}]\n"
    project.write("catalogue/pathways/one.yaml", way)
    first = shards_of(request(project))
    project.write("catalogue/pathways/two.yaml", way.replace("data", "law"))
    second = shards_of(request(project))

    assert not [shard for shard in first + second if isinstance(shard, Chunk)]
    pages = [spec for shard in second if isinstance(shard, Pages) for spec in shard.specs]
    assert {spec.key for spec in pages if spec.kind is plan.PageKind.COURSE} == {"law"}
    compare(request(project))


def test_where_too_many_credentials_change_the_whole_site_is_made(tmp_path: Path) -> None:
    project = Project(tmp_path).with_key()
    project.issue("Anna Parauga", "Jānis Paraugs")

    def is_whole() -> bool:
        report = build_site(request(project))
        return report.written == report.files

    with patch.object(issued, "CHUNK", 1), patch.object(making, "_MOST_HELD", 2):
        assert is_whole()
        project.issue("Berta B", "Kārlis K")
        assert not is_whole()
        project.issue("Cilda C", "Dace D", "Emma E")
        assert is_whole()
        project.write("credentials/note.txt", "Keys may have changed.")
        assert is_whole()
        batch = project.root / "credentials/batch.jsonl"
        batch.write_text("".join(batch.read_text("utf-8").splitlines(keepends=True)[:5]), "utf-8")
        assert not is_whole()
        batch.unlink()
        assert is_whole()
    compare(request(project))


def test_a_course_that_is_renamed_is_found_at_its_old_address(tmp_path: Path) -> None:
    project = Project(tmp_path).with_key()
    project.issue("Anna Parauga")
    compare(request(project))
    data = project.root / "catalogue/courses/data.yaml"
    data.unlink()
    project.write("catalogue/courses/stewardship.yaml", f"{COURSE}aliases: [data]\n")
    compare(request(project))
    public = project.root / "public"
    assert "url=/lv/courses/stewardship/" in (public / "lv/courses/data/index.html").read_text()
    assert (public / "courses/data/achievement.json").is_file()

    project.write("catalogue/courses/stewardship.yaml", COURSE)
    compare(request(project))
    assert not (public / "_redirects").exists()
    assert not (public / "lv/courses/data").exists()


def test_the_next_commit_changes_the_stamp_alone(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write(".gitignore", "public\n.public.mcsite-cache\n")
    repository = Repository(project.root, {})
    build_site(request(project))
    repository.git("commit", "-q", "--allow-empty", "-m", "x", day="2026-02-02")

    # home and about in two languages, and the manifest
    assert compare(request(project)).written == 5


def test_the_next_day_and_commit_stand_in_the_manifest_of_a_site_that_says_them_nowhere(
    tmp_path: Path,
) -> None:
    project = Project(tmp_path)
    assert UNSTAMPED != BASE_HTML
    project.write("theme/templates/base.html", UNSTAMPED)
    project.write(".gitignore", "public\n.public.mcsite-cache\n")
    asked = request(project)
    build_site(asked)

    repository = Repository(project.root, {})
    repository.git("commit", "-q", "--allow-empty", "-m", "x", day="2026-02-02")
    compare(asked)
    repository.git("commit", "-q", "--allow-empty", "-m", "x", day="2026-02-02")
    assert compare(asked).written == 1
    assert build_site(asked).written == 0


def test_courses_are_dated_anew_where_a_repository_gets_its_whole_history(tmp_path: Path) -> None:
    whole = Project(tmp_path / "whole")
    repository = Repository(whole.root, {})
    repository.change("courses/data.yaml", "Datu", "Tiesību")
    repository.commit("2026-02-02")
    shallow = Project(tmp_path / "shallow")
    shutil.rmtree(shallow.root)
    repository.git("clone", "-q", "--depth", "1", f"file://{whole.root}", str(shallow.root))
    shallow.write(".gitignore", "*\n")
    feed = shallow.root / "public/en/feed.xml"
    compare(request(shallow))
    assert "2026-01-01" not in feed.read_text("utf-8")

    repository.git("-C", str(shallow.root), "fetch", "-q", "--unshallow")
    compare(request(shallow))

    assert "2026-01-01" in feed.read_text("utf-8")
    assert build_site(request(shallow)).written == 0


def test_the_index_of_words_and_pictures_are_made_again_where_they_have_to_be(
    tmp_path: Path,
) -> None:
    project = Project(tmp_path)
    everything = request(project, search=True, images=True)
    compare(everything)
    project.write("catalogue/courses/law.yaml", COURSE.replace("Datu", "Tiesību"))
    report = compare(everything)
    assert any("pagefind" in name for name in files(everything.output))
    assert report.written < report.files

    project.write("catalogue/providers/other.yaml", PROVIDER)
    before = files(everything.output / "pagefind")
    compare(everything)
    assert files(everything.output / "pagefind") == before


def pages_of_parts(site: Path) -> dict[str, set[str]]:
    """Return the fragments of each part of an index."""
    parts: dict[str, set[str]] = {}
    for path in (site / "pagefind/fragment").iterdir():
        parts.setdefault(path.stem.rpartition("_")[0], set()).add(path.name)
    return parts


def test_of_an_index_in_parts_those_are_made_again_whose_words_have_changed(tmp_path: Path) -> None:
    project = Project(tmp_path)
    for name, title in zip(("law", "forest", "code", "water"), WORDS[1:], strict=False):
        text = COURSE.replace("Datu pārvaldība", title)
        project.write(f"catalogue/courses/{name}.yaml", text)
    everything = request(project, search=True)
    both = 'title: {lv: "Meži", en: "Forests"}\n'
    text = both + COURSE.partition("\n")[2]
    edits: dict[str, list[str | None]] = {
        "forest": [text, text.replace("Forests", "Woods"), text.replace("eqf: 6", "eqf: 5")],
        "new": [COURSE, None],
    }

    with patch.object(word_index, "PART", 2):
        compare(everything)
        assert {"en", "en-1", "lv", "lv-1"} <= pages_of_parts(everything.output).keys()
        for name, texts in edits.items():
            for number, edited in enumerate(texts):
                before = pages_of_parts(everything.output)
                path = f"catalogue/courses/{name}.yaml"
                if edited is None:
                    (project.root / path).unlink()
                else:
                    project.write(path, edited)
                compare(everything)
                if (name, number) == ("forest", 1):  # one language only
                    after = pages_of_parts(everything.output)
                    changed = [part for part in after if after[part] != before[part]]
                    assert [part.partition("-")[0] for part in changed] == ["en"]


def test_a_site_that_was_changed_by_hand_is_made_anew(tmp_path: Path) -> None:
    project = Project(tmp_path)
    build_site(request(project))
    manifest = project.root / "public/manifest.json"
    manifest.write_text(manifest.read_text("utf-8") + "\n", "utf-8")

    report = compare(request(project))

    assert report.written == report.files


@pytest.mark.parametrize("saved", ["catalogue/courses/data.yaml", "trust.json"])
def test_a_file_that_is_saved_while_a_site_is_built_is_in_the_next_build(
    tmp_path: Path, saved: str
) -> None:
    project = Project(tmp_path)
    text = f"{SITE}trust_registries: [{{name: A, file: trust.json}}]\n"
    project.write("catalogue/site.yaml", text)
    project.write("trust.json", '{"issuers": [{"id": "did:web:university.example"}]}')

    def load(root: Path, **options: Any) -> Loaded:
        found = load_catalogue(root, **options)
        text = (root / saved).read_text("utf-8")
        project.write(saved, text.replace("Data", "Rights").replace("university", "school"))
        return found

    with patch.object(making, "load_catalogue", load):
        build_site(request(project))

    compare(request(project))


@pytest.mark.parametrize(
    ("linked", "edited"),
    [
        ("catalogue", "courses/data.yaml"),
        ("catalogue/courses", "data.yaml"),
        ("catalogue/assets", "picture.svg"),
        ("theme/templates", "pages/home.html"),
        ("theme/templates/pages", "home.html"),
    ],
)
def test_a_folder_that_is_linked_is_built_like_one_that_is_not(
    tmp_path: Path, linked: str, edited: str
) -> None:
    project = Project(tmp_path)
    project.write("catalogue/assets/picture.svg", PICTURE)
    project.write("theme/templates/pages/home.html", HOME)
    (project.root / linked).rename(project.root / "elsewhere")
    (project.root / linked).symlink_to(project.root / "elsewhere")

    build_site(request(project))
    assert build_site(request(project)).written == 0
    path = project.root / linked / edited
    text = path.read_text("utf-8")
    for old, new in (("Datu", "Tiesību"), ("M0", "M1"), ("Home", "Start")):
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    assert compare(request(project)).written > 0


def test_a_theme_s_templates_can_be_linked_from_elsewhere(tmp_path: Path) -> None:
    project = Project(tmp_path)
    shared = project.private / "pages"
    shared.mkdir()
    (shared / "home.html").write_text(HOME, "utf-8")
    (project.root / "theme/templates").mkdir(parents=True)
    (project.root / "theme/templates/pages").symlink_to(shared)

    build_site(request(project))
    assert build_site(request(project)).written == 0
    (shared / "home.html").write_text(HOME.replace("Home", "Start"), "utf-8")
    assert compare(request(project)).written > 0


def test_links_that_lead_nowhere_in_circles_or_out_are_not_followed(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("theme/templates/own.html", "")
    (project.private / "note").write_text("A", "utf-8")
    links = {
        "catalogue/here": ".", "catalogue/above": "..", "catalogue/itself": "itself",
        "catalogue/nowhere": "nothing", "catalogue/out": str(project.private),
        "theme/templates/above": "..",
    }  # fmt: skip
    for name, target in links.items():
        (project.root / name).symlink_to(target)

    build_site(request(project))
    assert build_site(request(project)).written == 0
    (project.private / "note").write_text("B", "utf-8")
    assert build_site(request(project)).written == 0
    (project.root / "catalogue/courses/out.yaml").symlink_to(project.private / "note")
    with pytest.raises(ContentError):
        build_site(request(project))


def test_findings_are_told_again_when_nothing_has_changed(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("catalogue/courses/data.yaml", COURSE.replace("summary: Dati\n", ""))
    first = build_site(request(project))
    again = build_site(request(project))

    assert again.written == 0
    assert again.findings == first.findings != ()
    with pytest.raises(ContentError):
        build_site(request(project, strict=True))
