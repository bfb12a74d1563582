"""SVG: shapes pass; what acts, or loads something, is refused in every disguise."""

import pytest

from mcsite.site.svg import svg_fault

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
GOOD = {
    "shapes": '<path d="M0 0h9"/><rect style="fill:url(#a)" width="1"/>',
    "gradient": '<linearGradient id="a"/><rect fill="url(#a)"/><use href="#a"/>',
    "gradient in quotes": """<rect fill="url('#a')"/><rect style='fill: url( "#a" )'/>""",
    "text": "<title>on click: javascript is a language</title><text>&lt;script&gt;</text>",
    "style": "<style>.a{fill:#fff}</style>",
    "picture in it": '<image href="data:image/png;base64,AAAA"/>',
    "empty link": '<use xlink:href=""/>',
    "editor's data": '<n:view xmlns:n="http://editor.example/" n:online="yes-editor"/>',
    "editor's path": r'<n:view xmlns:n="http://editor.example/" n:export-filename="C:\a.png"/>',
    "animation": '<animate attributeName="opacity" from="0" to="1"/>',
}
BAD = {
    "script": "<script>1</script>",
    "script, other case": "<SCRIPT>1</SCRIPT>",
    "script by prefix": '<x:script xmlns:x="http://www.w3.org/2000/svg">1</x:script>',
    "handler": '<rect onload="x"/>',
    "handler, other case": '<rect OnClick="x"/>',
    "XHTML": '<x:b xmlns:x="http://www.w3.org/1999/xhtml">x</x:b>',
    "foreign object": "<foreignObject/>",
    "link": '<a href="https://evil.example/"><rect/></a>',
    "link without a scheme": '<a href="//evil.example/"><rect/></a>',
    "script link": '<a xlink:href="javascript:alert(1)"><rect/></a>',
    "script link, as entities": '<a href="&#106;ava&#x73;cript:alert(1)"><rect/></a>',
    "script link, with spaces": '<a href=" java&#9;script:alert(1)"><rect/></a>',
    "picture from elsewhere": '<image href="http://evil.example/x.png"/>',
    "SVG as data": '<image href="data:image/svg+xml;base64,AAAA"/>',
    "HTML as data": '<image href="data:text/html,x"/>',
    "use from elsewhere": '<use xlink:href="other.svg#a"/>',
    "fill from elsewhere": '<rect fill="url(https://evil.example/#a)"/>',
    "fill, quoted": '<rect fill="url( &quot;//evil.example/#a&quot; )"/>',
    "style from elsewhere": '<rect style="fill:url(//evil.example/#a)"/>',
    "import": "<style>@import 'https://evil.example/x.css';</style>",
    "import, in two parts": "<style>@im<![CDATA[port 'x.css';]]></style>",
    "escape in a style": r"<style>.a{fill:u\72l(//evil.example/)}</style>",
    "import beside an element in a style": "<style>@import '//evil.example/x.css';<style/></style>",
    "escape in a presentation attribute": r'<rect mask="\75rl(//evil.example/)"/>',
    "escape in a cursor": r'<rect cursor="\75rl(//evil.example/), auto"/>',
    "escape in an animation": r'<set attributeName="mask" to="\75rl(//evil.example/)"/>',
    "escape in one of several": r'<animate values="red;u\72l(//evil.example/)"/>',
    "set of pictures in an attribute": "<rect cursor=\"image-set('//evil.example/' 1x), auto\"/>",
    "animated link": '<animate attributeName="href" to="x"/>',
    "animated link by prefix": '<set attributeName="xlink:href" to="x"/>',
    "animated handler": '<set attributeName="onclick" to="x"/>',
    "animated script": '<set attributeName="x" to="javascript:alert(1)"/>',
    "style sheet": '<?xml-stylesheet href="https://evil.example/"?>',
    "video": '<video src="#a"/>',
    "not closed": "<rect>",
}

SVG_11 = "-//W3C//DTD SVG 1.1//EN"
XHTML = "-//W3C//DTD XHTML 1.0 Strict//EN"
DECLARES = "its DOCTYPE declares entities or attributes"


def doctype(public: str, system: str = "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd") -> str:
    return f'<!DOCTYPE svg PUBLIC "{public}" "{system}">'


@pytest.mark.parametrize("name", GOOD)
def test_a_drawing_passes(name: str) -> None:
    assert svg_fault(f"{OPEN}{GOOD[name]}</svg>".encode()) == ""


@pytest.mark.parametrize("name", BAD)
def test_what_acts_or_loads_is_refused(name: str) -> None:
    assert svg_fault(f"{OPEN}{BAD[name]}</svg>".encode()) != ""


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "iso-8859-1"])
def test_an_encoding_hides_nothing(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding[:6]}"?>{OPEN}<script/></svg>'
    if encoding == "iso-8859-1":
        text = text.replace("iso-88", encoding)

    assert svg_fault(text.encode(encoding)) == "it holds the element script"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f'<!DOCTYPE svg [<!ENTITY a "b">]>{OPEN}</svg>', DECLARES),
        (f'<!DOCTYPE svg [<!ENTITY % a SYSTEM "x">]>{OPEN}</svg>', DECLARES),
        (f'<!DOCTYPE svg [<!ATTLIST a b CDATA "c">]>{OPEN}</svg>', DECLARES),
        (
            f"{doctype(XHTML, 'xhtml1-strict.dtd')}{OPEN}</svg>",
            f"its DOCTYPE names {XHTML}, not SVG",
        ),
        (f'<!DOCTYPE svg SYSTEM "x.dtd">{OPEN}</svg>', "its DOCTYPE names x.dtd, not SVG"),
        (f"{doctype(SVG_11)}{OPEN}&nbsp;</svg>", "it names the entity nbsp"),
        (f'{doctype(SVG_11)}{OPEN}<g mask="url&lpar;x)"/></svg>', "it names the entity lpar"),
        (f"<!DOCTYPE svg>{OPEN}&nbsp;</svg>", "it isn't XML: undefined entity in line 1"),
        ("<svg/>", 'its root is svg, not svg with xmlns="http://www.w3.org/2000/svg"'),
        ("<html/>", 'its root is html, not svg with xmlns="http://www.w3.org/2000/svg"'),
        ("", "it isn't XML: no element found in line 1"),
        ("\x89PNG", "it isn't XML: not well-formed (invalid token) in line 1"),
    ],
)
def test_the_fault_is_named(text: str, fault: str) -> None:
    assert svg_fault(text.encode()) == fault


def test_an_entity_is_seen_in_every_encoding() -> None:
    text = f'{doctype(SVG_11)}{OPEN}<g mask="url&lpar;x)"/></svg>'

    assert svg_fault(text.encode("utf-16")) == "it names the entity lpar"


@pytest.mark.parametrize(
    "public",
    [
        "-//W3C//DTD SVG 1.1//EN",
        "-//W3C//DTD SVG 1.0//EN",
        "-//W3C//DTD SVG 1.1 Basic//EN",
        "-//W3C//DTD SVG 1.1 Tiny//EN",
        "-//W3C//DTD SVG 20010904//EN",
    ],
)
def test_a_doctype_without_entities_is_what_drawing_programs_write(public: str) -> None:
    head = '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
    text = f"{head}{doctype(public)}{OPEN}<!-- A & B --><text>&lt;&#38;&#x26;</text></svg>"

    assert svg_fault(text.encode()) == ""
    assert svg_fault(f"<!DOCTYPE svg>{OPEN}</svg>".encode()) == ""
