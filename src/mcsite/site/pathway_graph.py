"""A pathway as a drawing: where each step, course and arrow stands. Values in, values out.

Steps stand beside each other in the reading direction, with what they lead to at the end; after
`LANE` of them the drawing goes on below. A step that may be left out has a way around it. Lengths
are CSS pixels at the browser's usual size of text; the page draws them in the reader's own.

Nothing measures text here, so lines are broken by a generous width of a letter: they may end
early, and never outgrow their box.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LANE = 5  # steps beside each other
_COLUMN, _GAP, _MARGIN = 192, 36, 18
_PADDING, _INSET = 12, 10  # inside a step, inside a course's box
_LINE, _BASE = 19, 14  # from one line of text to the next, and to its baseline
_BETWEEN = 8
_ANCHOR = 24  # where arrows meet a step, below its top
_AROUND = 16  # room above a lane for the ways around
_LANE_GAP = 44
_HEADING = 17  # letters of a heading in a line of a step
_LETTERS = 19  # other letters in a line of a step
_BOXED = 16  # and in a line of a box
_MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class CourseNode:
    """A course: its id, its title, and what it brings ("3 ECTS")."""

    id: str
    title: str
    credits: str


@dataclass(frozen=True, slots=True)
class StepNode:
    """A step: what it is for, its rule and credits in words, and its courses."""

    heading: str
    rule: str
    credits: str
    courses: tuple[CourseNode, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; x and y are where its baseline begins."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """A course in its step. `tick` is a path, shown when a learner has the course."""

    id: str
    x: int
    y: int
    width: int
    height: int
    title: tuple[Line, ...]
    credits: Line
    tick: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A step, or what all lead to: a frame with lines and boxes in it."""

    x: int
    y: int
    width: int
    height: int
    optional: bool
    heading: tuple[Line, ...]
    rule: tuple[Line, ...]
    boxes: tuple[Box, ...]
    credits: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole. `ways` are the arrows, `around` the ways around optional steps: SVG paths."""

    width: int
    height: int
    steps: tuple[Group, ...]
    goal: Group
    ways: tuple[str, ...]
    around: tuple[str, ...]


def drawing_of(steps: Sequence[StepNode], goal: StepNode, *, mirrored: bool = False) -> Drawing:
    """Return the drawing of a pathway; `mirrored` where its language is read from the right."""
    nodes = [*steps, goal]
    columns = min(len(nodes), LANE)
    margin = _MARGIN if len(nodes) > LANE else 1  # where a way from lane to lane runs
    width = 2 * margin + columns * _COLUMN + (columns - 1) * _GAP
    groups: list[Group] = []
    top = 1
    for start in range(0, len(nodes), LANE):
        lane = nodes[start : start + LANE]
        top += _AROUND if any(node.optional for node in lane) else 0
        for column, node in enumerate(lane):
            x = margin + column * (_COLUMN + _GAP)
            x = width - x - _COLUMN if mirrored else x
            groups.append(_group(node, x, top, mirrored=mirrored))
        top = max(group.y + group.height for group in groups) + _LANE_GAP
    return Drawing(
        width=width,
        height=top - _LANE_GAP + 1,
        steps=tuple(groups[:-1]),
        goal=groups[-1],
        ways=tuple(_ways(groups, mirrored=mirrored)),
        around=tuple(_around(groups, mirrored=mirrored)),
    )


def broken(text: str, letters: int, lines: int = _MOST_LINES) -> list[str]:
    """Return `text` in lines of at most so many letters; what is too long ends with an ellipsis."""
    found = [""]
    for word in _pieces(text, letters):
        longer = f"{found[-1]} {word}".strip()
        if len(longer) <= letters:
            found[-1] = longer
        else:
            found.append(word)
    if len(found) <= lines:
        return found
    return [*found[: lines - 1], found[lines - 1][: letters - 1].rstrip(" ,.;:–-") + "…"]


def _pieces(text: str, letters: int) -> Iterator[str]:
    """Yield words; those that no line can hold are divided."""
    for whole in text.split():
        word = whole
        while len(word) > letters:
            yield word[: letters - 1] + "-"
            word = word[letters - 1 :]
        yield word


def _group(step: StepNode, x: int, y: int, *, mirrored: bool) -> Group:
    """Return a step with its corner at (x, y)."""
    begin = x + (_COLUMN - _PADDING if mirrored else _PADDING)
    heading = _lines(broken(step.heading, _HEADING), begin, y + _PADDING)
    rule = _lines(broken(step.rule, _LETTERS), begin, _below(heading)) if step.rule else ()
    at = _below(rule or heading) + _BETWEEN
    boxes: list[Box] = []
    for course in step.courses:
        boxes.append(_box(course, x + _PADDING, at, mirrored=mirrored))
        at += boxes[-1].height + _BETWEEN
    brings = _lines(broken(step.credits, _LETTERS), begin, at) if step.credits else ()
    end = _below(brings) if brings else at - _BETWEEN
    return Group(
        x=x, y=y, width=_COLUMN, height=end + _PADDING - y,
        optional=step.optional, heading=heading, rule=rule, boxes=tuple(boxes), credits=brings,
    )  # fmt: skip


def _box(course: CourseNode, x: int, y: int, *, mirrored: bool) -> Box:
    width = _COLUMN - 2 * _PADDING
    begin = x + (width - _INSET if mirrored else _INSET)
    title = _lines(broken(course.title, _BOXED), begin, y + _INSET)
    (brings,) = _lines([course.credits], begin, _below(title))
    height = _below((brings,)) + _INSET - y
    tick = f"M{x + (8 if mirrored else width - 20)} {y + height - 17}l4 4l8 -9"
    return Box(course.id, x, y, width, height, title, brings, tick)


def _lines(texts: Sequence[str], x: int, top: int) -> tuple[Line, ...]:
    return tuple(Line(x, top + _LINE * number + _BASE, text) for number, text in enumerate(texts))


def _below(lines: Sequence[Line]) -> int:
    """Return where the line after `lines` would begin."""
    return lines[-1].y - _BASE + _LINE


def _ways(groups: Sequence[Group], *, mirrored: bool) -> Iterator[str]:
    """Yield an arrow from each group to the next."""
    for number in range(1, len(groups)):
        before, after = groups[number - 1], groups[number]
        x, y = _side(before, end=True, mirrored=mirrored), before.y + _ANCHOR
        to, down = _side(after, end=False, mirrored=mirrored), after.y + _ANCHOR
        if number % LANE:
            yield f"M{x} {y}H{to}"
        else:
            out = _GAP // 3 * (-1 if mirrored else 1)
            between = after.y - (_AROUND if after.optional else 0) - _LANE_GAP // 2
            yield f"M{x} {y}h{out}V{between}H{to - out}V{down}H{to}"


def _around(groups: Sequence[Group], *, mirrored: bool) -> Iterator[str]:
    """Yield the way around each optional step that has steps on both sides in its lane."""
    forward = -1 if mirrored else 1
    for number, group in enumerate(groups):
        if group.optional and number % LANE and (number + 1) % LANE and number + 1 < len(groups):
            leave = _side(group, end=False, mirrored=mirrored) - forward * _GAP // 2
            back = _side(group, end=True, mirrored=mirrored) + forward * _GAP // 4
            y, over = group.y + _ANCHOR, group.y - _AROUND // 2
            yield f"M{leave} {y}V{over}H{back}V{y}"


def _side(group: Group, *, end: bool, mirrored: bool) -> int:
    """Return where a group begins or ends, in the reading direction."""
    return group.x + group.width if end is not mirrored else group.x
