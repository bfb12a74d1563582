"""The theme: packaged files, and a site's own over them."""

from pathlib import Path, PurePosixPath

from mcsite.site.theme import packaged_theme, theme_of


def test_a_site_s_own_file_replaces_the_packaged_one_of_its_name(tmp_path: Path) -> None:
    for name in ("icon.svg", "own/new.svg"):
        path = tmp_path / "theme/static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<svg/>", "utf-8")
    packaged = theme_of(tmp_path / "elsewhere").files("static")
    found = theme_of(tmp_path).files("static")

    own = {name for name, path in found.items() if path.is_relative_to(tmp_path)}
    assert own == {PurePosixPath("icon.svg"), PurePosixPath("own/new.svg")}
    assert set(found) == {*packaged, PurePosixPath("own/new.svg")}
    assert list(found) == sorted(found)


def test_templates_are_looked_for_in_the_site_s_own_folder_first(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()

    assert list(theme_of(tmp_path).templates()) == [
        tmp_path / "theme/templates",
        packaged_theme() / "templates",
    ]


def test_the_packaged_theme_is_not_its_own_override() -> None:
    assert theme_of(packaged_theme().parent).folders == (packaged_theme(),)
