"""Records come back sorted, however many there are and in whatever order they came."""

import pytest

from mcsite.site import records
from mcsite.site.records import Records


@pytest.mark.parametrize("run", [1, 7, 1000])
def test_records_are_given_in_the_order_of_names(run: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_RUN", run)
    names = [f"c/{number:04d} ā.html" for number in range(100)]
    shuffled = [names[number * 37 % 100] for number in range(100)]
    taken = Records()

    for start in range(0, 100, 9):
        taken.add((name, f"{names.index(name):064x}") for name in shuffled[start : start + 9])

    assert taken.count == 100
    assert list(taken.in_order()) == [(name, f"{i:064x}") for i, name in enumerate(names)]
    taken.close()


def test_a_name_that_came_twice_is_given_twice() -> None:
    taken = Records()
    taken.add([("b", "2"), ("a", "1")])
    taken.add([("a", "3")])

    assert list(taken.in_order()) == [("a", "1"), ("a", "3"), ("b", "2")]
