import pytest

from ingest.frames import frames

TOP, BOTTOM, LEFT, RIGHT = (100, 500, 900, 504), (100, 800, 900, 804), (100, 500, 104, 804), (896, 500, 900, 804)


@pytest.mark.parametrize("rules", [[TOP, BOTTOM, LEFT, RIGHT], [BOTTOM, RIGHT, TOP]], ids=["four sides", "three"])
def test_rules_around_something_are_a_frame(rules):
    assert list(frames(rules)) == [(100, 500, 900, 804)]


@pytest.mark.parametrize(
    "rules",
    [
        [TOP, BOTTOM],
        [TOP, (100, 800, 500, 804), LEFT],
        [TOP, BOTTOM, (100, 500, 104, 600)],
        [TOP, BOTTOM, (500, 500, 504, 804)],
        [TOP, (100, 650, 900, 654), BOTTOM, LEFT, (100, 500, 104, 654), (100, 650, 104, 804)],
        [TOP, BOTTOM, *[LEFT] * 300],
    ],
    ids=["no side", "of another width", "a short side", "between two columns", "rows of a table", "a drawing"],
)
def test_rules_that_make_no_frame(rules):
    assert list(frames(rules)) == []
