"""The guide to hosts has the headers that the code gives."""

from mcsite.site.headers import nginx_snippet
from tests.rendering import ROOT


def test_the_guide_s_nginx_configuration_is_the_code_s() -> None:
    guide = (ROOT / "docs/how-to/publish.md").read_text("utf-8")

    assert f"```nginx\n{nginx_snippet('/', ('lv', 'en')).rstrip()}\n```" in guide
