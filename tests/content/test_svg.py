"""An SVG is a picture: what acts, loads or hides is refused, what draws is not."""

from pathlib import Path

import pytest

from mcsite.content.svg import fault_of_svg

ROOT = Path(__file__).parent.parent.parent
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "prefixed script": '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>',
    "handler": '<rect onload="alert(1)"/>',
    "handler in capitals": '<rect ONLOAD="alert(1)"/>',
    "link": '<a href="javascript:alert(1)"><rect/></a>',
    "hidden link": '<a xlink:href="&#106;avascript:alert(1)"><rect/></a>',
    "remote picture": '<image href="https://tracker.example/p.png"/>',
    "remote picture without scheme": '<image href="//tracker.example/p.png"/>',
    "svg in svg": '<image href="data:image/svg+xml;base64,PHN2Zz4="/>',
    "html": '<foreignObject><b xmlns="http://www.w3.org/1999/xhtml">x</b></foreignObject>',
    "animated link": '<a><set attributeName="href" to="javascript:alert(1)"/></a>',
    "style": "<style>@import url(https://tracker.example/a.css);</style>",
    "style in pieces": "<style>@imp<![CDATA[ort]]> 'https://tracker.example/a.css'</style>",
    "style with a comment": "<style>@im/**/port 'https://tracker.example/a.css'</style>",
    "style attribute": '<rect style="fill:url(https://tracker.example/a)"/>',
    "fill": '<rect fill="url(&quot;https://tracker.example/a&quot;)"/>',
    "escaped style": r"<style>rect { fill: u\72l(https://tracker.example/a) }</style>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_acts_or_loads_is_refused(name: str) -> None:
    assert fault_of_svg(f"{HEAD}{HOSTILE[name]}</svg>".encode())


def test_another_encoding_hides_nothing() -> None:
    text = f"<?xml version='1.0' encoding='utf-16'?>{HEAD}<script>alert(1)</script></svg>"

    assert fault_of_svg(text.encode("utf-16")) == "it holds the element script"


def test_entities_are_not_read() -> None:
    bomb = "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>"

    assert "document type" in str(fault_of_svg(f"{bomb}{HEAD}&b;</svg>".encode()))


def test_a_style_sheet_from_elsewhere_is_refused() -> None:
    text = f"<?xml-stylesheet href='https://tracker.example/a.css'?>{HEAD}</svg>"

    assert fault_of_svg(text.encode()) == "it holds the instruction xml-stylesheet"


def test_what_isn_t_xml_is_said() -> None:
    assert fault_of_svg(b"<svg><rect></svg>") == "it isn't XML: mismatched tag, line 1"


@pytest.mark.parametrize(
    "body",
    [
        '<defs><linearGradient id="g"/></defs><rect fill="url(#g)" style="stroke: url( \'#g\' )"/>',
        '<image href="data:image/png;base64,iVBORw0KGgo="/>',
        '<use xlink:href="#g"/>',
        "<style>/* calm */ rect { fill: #123456 }</style>",
        '<g xmlns:i="http://www.inkscape.org/" i:export-filename="C:\\badge.png"/>',
        "<title>On &amp; off</title>",
    ],
)
def test_what_draws_is_accepted(body: str) -> None:
    assert fault_of_svg(f"{HEAD}{body}</svg>".encode()) is None


def test_the_sample_s_pictures_are_accepted() -> None:
    pictures = sorted((ROOT / "catalogue/assets").rglob("*.svg"))

    assert pictures
    assert [path.name for path in pictures if fault_of_svg(path.read_bytes())] == []
