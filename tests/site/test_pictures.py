"""Pictures of catalogue/assets/: all of them are looked at, and none comes from elsewhere."""

from pathlib import Path

import pytest

from mcsite.cli import main
from mcsite.site.pictures import picture_findings, published_pictures
from tests.content.test_load import write

SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def assets(tmp_path: Path) -> Path:
    folder = tmp_path / "catalogue" / "assets"
    folder.mkdir(parents=True)
    return folder


def told(root: Path) -> list[str]:
    return [f"{f.at.path}: {f.code} {f.severity}: {f.message}" for f in picture_findings(root)]


def test_pictures_are_published_by_their_names(tmp_path: Path) -> None:
    folder = assets(tmp_path)
    (folder / "logos").mkdir()
    (folder / "logos" / "a.svg").write_text(SVG, "utf-8")
    (folder / "b.PNG").write_bytes(b"png")
    (folder / ".DS_Store").write_bytes(b"x")

    assert told(tmp_path) == []
    assert list(published_pictures(tmp_path)) == [
        ("b.PNG", b"png"),
        ("logos/a.svg", SVG.encode()),
    ]


def test_a_project_without_pictures_has_none(tmp_path: Path) -> None:
    assert told(tmp_path) == []
    assert list(published_pictures(tmp_path)) == []


def test_every_bad_picture_is_told_at_once(tmp_path: Path) -> None:
    folder = assets(tmp_path)
    (folder / "a.svg").write_text("<svg/>", "utf-8")
    (folder / "b.svg").write_text("x", "utf-8")

    assert [line.split(": ")[1] for line in told(tmp_path)] == ["MC402 error", "MC402 error"]


@pytest.mark.parametrize("name", ["page.html", "run.js", "style.css", "data.pdf", "noname"])
def test_what_isn_t_a_picture_isn_t_published(tmp_path: Path, name: str) -> None:
    (assets(tmp_path) / name).write_text("<script>alert(1)</script>", "utf-8")

    assert list(published_pictures(tmp_path)) == []
    assert told(tmp_path) == [
        f"catalogue/assets/{name}: MC402 warning: it isn't a picture, and isn't published"
    ]


@pytest.mark.parametrize("target", ["../../secret.png", "../courses/x.png", "/etc/hostname"])
def test_a_link_out_of_the_folder_is_refused_naming_both_ends(tmp_path: Path, target: str) -> None:
    folder = assets(tmp_path)
    (folder / "a.png").symlink_to(target)
    where = (folder / target).resolve()

    assert told(tmp_path) == [
        f"catalogue/assets/a.png: MC110 error: the link leads out of catalogue/assets, to {where}"
    ]


def test_links_to_folders_and_to_nothing_are_refused(tmp_path: Path) -> None:
    folder = assets(tmp_path)
    (folder / "real").mkdir()
    (folder / "other.svg").symlink_to(folder / "real")
    (folder / "gone.png").symlink_to(folder / "nowhere.png")

    assert [line.split(": ")[1] for line in told(tmp_path)] == ["MC110 error", "MC110 error"]


def test_a_link_within_the_folder_is_fine(tmp_path: Path) -> None:
    folder = assets(tmp_path)
    (folder / "a.png").write_bytes(b"png")
    (folder / "b.png").symlink_to("a.png")

    assert told(tmp_path) == []
    assert dict(published_pictures(tmp_path))["b.png"] == b"png"


def test_the_folder_itself_can_t_be_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "else").mkdir()
    (tmp_path / "project" / "catalogue").mkdir(parents=True)
    (tmp_path / "project/catalogue/assets").symlink_to(tmp_path / "else")

    assert told(tmp_path / "project") == [
        f"catalogue/assets: MC110 error: the link leads out of the project, to {tmp_path / 'else'}"
    ]


@pytest.mark.parametrize("command", ["check", "build"])
def test_check_and_build_say_the_same(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = SVG.replace("/>", "><script/></svg>")
    project = write(tmp_path, {"catalogue/assets/a.svg": bad})

    assert main([command, "--project", str(project)]) == 1
    assert (
        "catalogue/assets/a.svg:1:1: MC402 error: the picture can't be published: it holds the "
        "element script"
    ) in capsys.readouterr().out
    assert not (project / "public").exists()
