"""A pathway's drawing: nothing overlaps or outgrows its frame, arrows go from step to step."""

import itertools
import re

import pytest

from mcsite.site.pathway_graph import (
    LANE,
    CourseNode,
    Drawing,
    Group,
    StepNode,
    broken,
    drawing_of,
)

GOAL = StepNode("Data analyst", "", "10–14 ECTS", ())


def step(number: int = 1, *, optional: bool = False, courses: int = 1) -> StepNode:
    named = tuple(CourseNode(f"c{number}-{i}", f"Course {i}", "3 ECTS") for i in range(courses))
    return StepNode(f"{number}. Step", "Required", "", named, optional=optional)


def frames(drawing: Drawing) -> list[Group]:
    return [*drawing.steps, drawing.goal]


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("count", [1, 4, 5, 9, 12])
def test_nothing_overlaps_or_stands_outside(count: int, mirrored: bool) -> None:  # noqa: FBT001
    steps = [step(n, optional=n % 3 == 0, courses=1 + n % 4) for n in range(count)]
    drawing = drawing_of(steps, GOAL, mirrored=mirrored)

    for one, other in itertools.combinations(frames(drawing), 2):
        beside = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert beside or one.y + one.height <= other.y or other.y + other.height <= one.y
    for group in frames(drawing):
        assert group.x >= 0
        assert group.x + group.width <= drawing.width
        assert group.y + group.height <= drawing.height
        for box in group.boxes:
            assert group.x < box.x
            assert box.x + box.width < group.x + group.width
            assert box.y + box.height < group.y + group.height
            assert all(box.y < line.y < box.y + box.height for line in (*box.title, box.credits))
        for before, after in itertools.pairwise(group.boxes):
            assert before.y + before.height < after.y
        for line in (*group.heading, *group.rule, *group.credits):
            assert group.x < line.x < group.x + group.width
            assert group.y < line.y < group.y + group.height


def test_steps_run_in_the_reading_direction() -> None:
    steps = [step(n) for n in range(3)]
    left, right = drawing_of(steps, GOAL), drawing_of(steps, GOAL, mirrored=True)

    assert [g.x for g in frames(left)] == sorted(g.x for g in frames(left))
    assert [g.x for g in frames(right)] == sorted((g.x for g in frames(right)), reverse=True)
    assert left.steps[0].heading[0].x - left.steps[0].x == (
        right.steps[0].x + right.steps[0].width - right.steps[0].heading[0].x
    )


@pytest.mark.parametrize("mirrored", [False, True])
def test_an_arrow_leads_from_each_step_to_the_next(mirrored: bool) -> None:  # noqa: FBT001
    drawing = drawing_of([step(n) for n in range(LANE + 2)], GOAL, mirrored=mirrored)
    found = frames(drawing)

    assert len(drawing.ways) == len(found) - 1
    for way, (before, after) in zip(drawing.ways, itertools.pairwise(found), strict=True):
        start = re.match(r"M(\d+) (\d+)", way)
        end = re.search(r"H(\d+)$", way)
        assert start
        assert end
        assert int(start[1]) == (before.x if mirrored else before.x + before.width)
        assert int(end[1]) == (after.x + after.width if mirrored else after.x)


def test_a_step_that_may_be_left_out_has_a_way_around_it() -> None:
    drawing = drawing_of([step(1), step(2, optional=True), step(3)], GOAL)
    (around,) = drawing.around
    leave, over, back = (int(n) for n in re.findall(r"M(\d+) \d+V(\d+)H(\d+)", around)[0])
    optional = drawing.steps[1]

    assert optional.optional
    assert leave < optional.x
    assert back > optional.x + optional.width
    assert 0 <= over < optional.y
    assert drawing_of([step(1), step(2)], GOAL).around == ()


def test_two_optional_steps_in_a_row_can_each_be_left_out() -> None:
    drawing = drawing_of([step(1), step(2, optional=True), step(3, optional=True)], GOAL)
    (_, first_back), (second_leave, _) = [
        (int(leave), int(back))
        for leave, back in re.findall(r"M(\d+) \d+V\d+H(\d+)", " ".join(drawing.around))
    ]

    assert first_back < second_leave


def test_a_long_pathway_goes_on_below() -> None:
    drawing = drawing_of([step(n) for n in range(LANE)], GOAL)

    assert drawing.goal.x == drawing.steps[0].x
    assert drawing.goal.y > max(g.y + g.height for g in drawing.steps)


def test_text_is_broken_into_lines_that_fit() -> None:
    assert broken("Basics of geographic information systems (GIS)", 16) == [
        "Basics of", "geographic", "information", "systems (GIS)",
    ]  # fmt: skip
    assert broken("Energoefektivitātes novērtētājs", 17) == [
        "Energoefektivitā-", "tes novērtētājs",
    ]  # fmt: skip
    assert broken("a b c d e f g h", 3, lines=2) == ["a b", "c…"]
    assert all(len(line) <= 9 for line in broken("word " * 9 + "x" * 40, 9, lines=30))
