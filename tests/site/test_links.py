"""Links of Markdown: those that lead nowhere are found at their very place, without a build."""

from pathlib import Path

import pytest

from mcsite.content.load import load_catalogue
from mcsite.site.links import link_findings
from tests.content.test_load import COURSE, PROVIDER, SITE, TODAY, write

OTHER = {
    "catalogue/courses/otrs.yaml": COURSE,
    "catalogue/pathways/cels.yaml": "title: Ceļš\noutcome: {qualification: X}\nsteps: [kurss]\n",
    "catalogue/assets/plan.png": "",
}


def found(root: Path, files: dict[str, str]) -> list[str]:
    """Return place, code and message of what is wrong with links, each with its hint."""
    loaded = load_catalogue(write(root, OTHER | files), today=TODAY)
    assert loaded.readable is not None
    assert loaded.places is not None
    return [
        f"{f.at.path.name}:{f.at.line}:{f.at.column} {f.code} {f.message} | {f.hint}"
        for f in link_findings(loaded.readable, loaded.places)
    ]


def of_text(root: Path, markdown: str, site: str = SITE) -> list[str]:
    course = f"{COURSE}description: |\n  {markdown}\n"
    return found(root, {"catalogue/courses/kurss.yaml": course, "catalogue/site.yaml": site})


@pytest.mark.parametrize(
    "target",
    [
        "../otrs/", "../../pathways/cels/", "/lv/courses/otrs/", "/en/providers/uni/", "./",
        "../otrs/#outcomes", "../otrs/?x=1#outcomes", "../otrs/index.html", "#main", "#top",
        "https://micro.uni.example/lv/courses/otrs/", "/catalogue.csv", "/lv/feed.xml", "/lv/",
        "/courses/otrs/achievement.json", "/c/abc/", "mailto:a@uni.example", "/",
        "mailto:a@uni.example?subject=Hi", "https://elsewhere.example/x", "/lv/courses/%6Ftrs/",
        "/assets/plan.png",
    ],
)  # fmt: skip
def test_a_link_that_works_is_left_alone(tmp_path: Path, target: str) -> None:
    assert of_text(tmp_path, f"See [it]({target}).") == []


NOWHERE = "leads nowhere on the site"


@pytest.mark.parametrize(
    ("target", "code", "said"),
    [
        ("../gone/", "MC410", f"the link ../gone/ {NOWHERE} | "),
        ("/courses/otrs/", "MC410", f"{NOWHERE} | did you mean /lv/courses/otrs/?"),
        ("otrs.yaml", "MC410", f"{NOWHERE} | did you mean /lv/courses/otrs/?"),
        ("../otr/", "MC410", f"{NOWHERE} | did you mean 'otrs'?"),
        ("/assets/plans.png", "MC410", "| add the file to catalogue/assets/, or correct the path"),
        ("/assets/../site.yaml", "MC410", NOWHERE),
        ("www.uni.example", "MC410", "| write https://www.uni.example"),
        ("https://micro.uni.example/lv/courses/gone/", "MC410", NOWHERE),
        ("../otrs/#outcome", "MC411", "has no place called 'outcome' | did you mean 'outcomes'?"),
        ("#dazadi", "MC411", "the page that #dazadi leads to has no place called 'dazadi' | one"),
        ("mailto:nobody", "MC412", "the link mailto:nobody can't be followed | mailto: and an"),
        ("https://", "MC412", "can't be followed"),
        ("../otrs", "MC413", "lacks the / at the end of the page's address | write ../otrs/"),
        ("../otrs#main", "MC413", "| write ../otrs/#main"),
    ],
)
def test_a_link_that_doesn_t_is_reported_where_it_stands(
    tmp_path: Path, target: str, code: str, said: str
) -> None:
    (finding,) = of_text(tmp_path, f"See [it]({target}).")

    assert finding.startswith(f"kurss.yaml:13:12 {code} ")
    assert said in finding


def test_each_link_of_a_text_has_its_own_place(tmp_path: Path) -> None:
    text = (
        "[a](../x/) and [b](../x/y/)\n  and [c](../x/), [d][r] and <mailto:x>\n\n  [r]: ../x/ 'T'"
    )

    assert [finding.split()[0] for finding in of_text(tmp_path, text)] == [
        "kurss.yaml:13:7", "kurss.yaml:13:22", "kurss.yaml:14:11", "kurss.yaml:16:8",
        "kurss.yaml:14:31",
    ]  # fmt: skip


def test_a_link_that_yaml_writes_in_another_way_is_placed_at_its_text(tmp_path: Path) -> None:
    course = f'{COURSE}description: "[a](../ga\\u0101/)"\n'

    (finding,) = found(tmp_path, {"catalogue/courses/kurss.yaml": course})

    assert finding.startswith("kurss.yaml:12:14 MC410")


def test_every_text_that_is_shown_as_markdown_is_looked_at(tmp_path: Path) -> None:
    dead = "{lv: '[a](x/)', en: '[a](y/)'}"
    files = {
        "catalogue/site.yaml": f"{SITE}about: {dead}\nprivacy_notice: {dead}\n"
        f"accessibility_notice: {dead}\n",
        "catalogue/providers/uni.yaml": f"{PROVIDER}description: {dead}\n",
        "catalogue/courses/kurss.yaml": f"{COURSE}description: {dead}\nfurther_info: {dead}\n",
        "catalogue/pathways/cels.yaml": f"{OTHER['catalogue/pathways/cels.yaml']}"
        f"description: {dead}\n",
    }

    assert len(found(tmp_path, files)) == 14


MICRO = SITE.replace("micro.uni.example", "uni.example/micro")


def test_under_a_base_path_links_begin_with_it(tmp_path: Path) -> None:
    assert of_text(tmp_path / "a", "[a](/micro/lv/courses/otrs/)", MICRO) == []
    (finding,) = of_text(tmp_path / "b", "[a](/lv/courses/otrs/)", MICRO)
    assert finding.endswith("did you mean /micro/lv/courses/otrs/?")


def test_the_rest_of_the_host_is_another_site_s(tmp_path: Path) -> None:
    assert of_text(tmp_path, "[Studies](/studies) [Home](https://uni.example/)", MICRO) == []


def test_a_site_s_own_template_brings_its_own_anchors(tmp_path: Path) -> None:
    own = tmp_path / "theme/templates/pages/course.html"
    own.parent.mkdir(parents=True)
    own.write_text('{% extends "base.html" %}<p id="ours" data-id="not">', "utf-8")

    assert of_text(tmp_path, "[a](#ours) [b](#main)") == []
    assert "'not'" in of_text(tmp_path, "[a](#not)")[0]
