"""Pictures for shared pages: what they say has room, in every alphabet of the Union."""

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from mcsite.site.plan import PageKind, plan_site
from mcsite.site.social_image import HEIGHT, WIDTH, Card, can_draw, social_image
from mcsite.site.views.cards import card_of
from tests.rendering import context_of, page, sample, specs

CARD = Card("Ziemeļkrasta Universitāte", "Datu pārvaldība", "3 ECTS", "uni.example", "#0b57a4")
ALPHABETS = {
    "latin": "āčēģīķļņšūž ąćęłńóśźż ěřťů őű ħġċż ğ ăâîșț ßäöü åøæ éèêëçœ ñ ýðþ ij đ ĺľŕ ėįų",
    "greek": "αβγδεζηθικλμνξοπρσςτυφχψω άέήίόύώϊϋΐΰ",
    "cyrillic": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "signs": "–—‘’“”„…•€≈×·«»½§©",
}
MARGIN = 40


def drawn(card: Card) -> Image.Image:
    return Image.open(io.BytesIO(social_image(card)))


@pytest.mark.parametrize("name", ALPHABETS)
def test_the_font_has_the_letters_of_the_languages_of_the_union(name: str) -> None:
    letters = ALPHABETS[name] + ALPHABETS[name].upper()

    assert [one for one in letters if not can_draw(replace(CARD, title=one))] == []


@pytest.mark.parametrize("title", ["مرحبا", "שלום", "微型证书", "한국어", "👍", "ქართული"])
def test_what_the_font_has_not_got_is_known(title: str) -> None:
    assert not can_draw(replace(CARD, title=title))


def test_a_picture_is_small_and_has_sixteen_colours() -> None:
    data = social_image(CARD)
    image = Image.open(io.BytesIO(data))

    assert image.size == (WIDTH, HEIGHT)
    assert image.format == "PNG"
    assert len(data) < 20_000
    assert len(image.convert("RGB").getcolors() or []) <= 16
    assert image.convert("RGB").getpixel((5, 300)) == (0x0B, 0x57, 0xA4)


def test_the_same_card_gives_the_same_bytes_and_another_others() -> None:
    assert social_image(CARD) == social_image(replace(CARD))
    for name in ("above", "title", "facts", "site"):
        assert social_image(replace(CARD, **{name: "Cits"})) != social_image(CARD), name
    assert social_image(replace(CARD, accent="#a3171b")) != social_image(CARD)


@given(st.text("aāiļšWM ", min_size=1, max_size=400), st.text("aŪ ", max_size=300))
@settings(max_examples=30, deadline=None)
def test_nothing_is_drawn_into_the_margin_or_over_another_line(title: str, facts: str) -> None:
    image = drawn(Card(facts, title, facts, facts, "#ffffff")).convert("L")
    ground = image.point([0] * 255 + [255])

    for box in ((WIDTH - MARGIN, 0, WIDTH, HEIGHT), (0, 0, WIDTH, MARGIN),
                (0, HEIGHT - MARGIN, WIDTH, HEIGHT), (0, 134, WIDTH, 166)):  # fmt: skip
        assert ground.crop(box).getextrema() == (255, 255), box


def test_courses_providers_and_home_have_pictures_and_nothing_else_has() -> None:
    context = context_of(sample())
    kinds = {spec.kind for spec in plan_site(sample()).pages if card_of(context, spec)}

    assert kinds == {PageKind.COURSE, PageKind.PROVIDER, PageKind.HOME}
    assert all(card_of(context, spec) for spec in specs(PageKind.COURSE))


def test_a_course_s_picture_says_what_the_course_is() -> None:
    spec = next(spec for spec in specs(PageKind.COURSE) if spec.key == "data-stewardship")
    card = card_of(context_of(sample()), spec)

    assert card is not None
    assert card.title == str(sample().courses[spec.key].title.in_language(spec.language))
    assert "ECTS" in card.facts
    assert card.site.endswith("micro.baltija.example")


def meta(path: str) -> dict[str, str]:
    found = page(path).xpath("//meta[@property]")
    return {one.get("property"): one.get("content") for one in found}


def test_pages_name_their_picture() -> None:
    course, catalogue = meta("en/courses/beekeeping/"), meta("en/courses/")

    base = "https://micro.baltija.example"
    assert course["og:image"] == f"{base}/en/courses/beekeeping/social.png"
    assert course["og:url"] == f"{base}/en/courses/beekeeping/"
    assert catalogue["og:image"] == f"{base}/en/social.png"
    assert "og:image" not in meta("404.html")


def test_a_site_can_do_without() -> None:
    theme = sample().site.theme
    assert theme is not None
    theme = theme.model_copy(update={"social_images": False})
    catalogue = replace(sample(), site=sample().site.model_copy(update={"theme": theme}))
    context = context_of(catalogue)

    assert not any(card_of(context, spec) for spec in context.plan.pages)
