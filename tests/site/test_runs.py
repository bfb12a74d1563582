"""Where a run stands on a day: the same in Python and in the browser."""

import datetime as dt
import json
from typing import Any

import pytest

from mcsite.content.models.course import Offering
from mcsite.site.runs import RunState, state_of
from tests.rendering import ROOT

VECTORS = json.loads((ROOT / "tests/vectors/runs.json").read_text("utf-8"))


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["why"])
def test_a_run_stands_where_its_days_say(vector: dict[str, Any]) -> None:
    run = Offering.model_construct(
        start=day(vector["start"]), end=day(vector["end"]), apply_by=day(vector["apply_by"])
    )

    assert state_of(run, dt.date.fromisoformat(vector["today"])) == RunState(
        is_over=vector["over"], is_under_way=vector["under_way"], is_closed=vector["closed"]
    )
