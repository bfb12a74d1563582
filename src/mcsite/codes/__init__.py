"""Every code of a finding: what it means, and what to do. docs/reference/findings.md is made from
it.

MC1xx files and YAML, MC2xx fields, MC3xx references between files, MC4xx assets and links, MC5xx
credentials and imports, MC6xx quality, MC7xx what a change may not do.
A code keeps its meaning for ever; a new meaning gets a new code.
"""

from collections.abc import Mapping
from types import MappingProxyType

from mcsite.codes.assets import ASSETS
from mcsite.codes.code import Code
from mcsite.codes.content import CONTENT
from mcsite.codes.credentials import CREDENTIALS
from mcsite.codes.imports import IMPORTS
from mcsite.codes.quality import QUALITY
from mcsite.codes.review import REVIEW

CODES: Mapping[str, Code] = MappingProxyType(
    {**CONTENT, **ASSETS, **CREDENTIALS, **IMPORTS, **QUALITY, **REVIEW}
)
