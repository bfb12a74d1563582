"""Addresses: below the base path, encoded, and each the address of one file."""

import pytest

from mcsite.site import urls
from mcsite.site.urls import Urls, output_path


@pytest.mark.parametrize(
    ("base", "path", "href", "absolute"),
    [
        ("https://a.example", "lv/", "/lv/", "https://a.example/lv/"),
        ("https://a.example/", "lv/", "/lv/", "https://a.example/lv/"),
        ("https://a.example/b", "lv/", "/b/lv/", "https://a.example/b/lv/"),
        ("https://a.example/b/c", "", "/b/c/", "https://a.example/b/c/"),
        ("http://localhost:8000", "c/1.json", "/c/1.json", "http://localhost:8000/c/1.json"),
    ],
)
def test_links_stand_below_the_base_path(base: str, path: str, href: str, absolute: str) -> None:
    assert Urls(base).href(path) == href
    assert Urls(base).absolute(path) == absolute


def test_what_an_address_can_t_hold_is_encoded() -> None:
    assert Urls("https://a.example").href('assets/ā "<b>.svg') == "/assets/%C4%81%20%22%3Cb%3E.svg"
    assert (
        Urls("https://a.example").absolute("assets/a b.svg") == "https://a.example/assets/a%20b.svg"
    )


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("", "index.html"),
        ("lv/", "lv/index.html"),
        ("c/1.json", "c/1.json"),
        ("404.html", "404.html"),
    ],
)
def test_a_path_with_a_slash_is_a_folder_s_page(path: str, file: str) -> None:
    assert str(output_path(path)) == file


def test_the_first_page_of_a_list_has_no_number() -> None:
    assert urls.courses("lv") == "lv/courses/"
    assert urls.courses("lv", 2) == "lv/courses/page/2/"


def test_a_credential_has_a_page_a_file_and_a_notice_side_by_side() -> None:
    found = [urls.credential("1"), urls.credential_json("1"), urls.status_notice("1")]

    assert found == ["c/1/", "c/1.json", "c/1/notice.json"]


def test_the_default_language_s_achievement_has_no_language_in_its_name() -> None:
    assert urls.achievement("a") == "courses/a/achievement.json"
    assert urls.achievement("a", "en") == "courses/a/achievement.en.json"
