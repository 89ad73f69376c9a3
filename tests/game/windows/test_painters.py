"""Two painters, one picture; what alike means is said in compare.py."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from game.draw import Clear, Disc, DrawList, Group, Line, Op, Rect, Sprite, Text
from game.windows import Window
from tests.game.windows.compare import assert_alike

GREY = Clear((60, 70, 80))
OPS: dict[str, Op] = {
    "sprite": Sprite("fish", 200, 200),
    "sprite between pixels": Sprite("fish", 200.5, 200.5),
    "sprite turned": Sprite("fish", 400, 300, angle=33),
    "sprite turned a little": Sprite("fish", 400, 300, angle=0.8),
    "sprite upside down": Sprite("fish", 400, 300, angle=180),
    "sprite smaller": Sprite("fish", 400, 300, scale=0.55),
    "sprite larger": Sprite("fish", 400, 300, scale=1.7),
    "sprite mirrored": Sprite("fish", 400, 300, flip=True),
    "sprite mirrored, then turned": Sprite("fish", 400, 300, angle=40, flip=True),
    "sprite faded": Sprite("fish", 400, 300, alpha=0.4),
    "sprite over all": Sprite("back", 640, 360),
    "sprite over all, faded": Sprite("back", 640, 360, alpha=0.3),
    "sprite half outside": Sprite("fish", -10, 715),
    "light": Sprite("glow", 640, 360, blend="add"),
    "light faded and larger": Sprite("glow", 640, 360, scale=3, alpha=0.37, blend="add"),
    "disc": Disc(300, 300, 40, (250, 200, 120)),
    "disc small": Disc(300.3, 300.3, 2.5, (250, 200, 120)),
    "disc very large": Disc(640, 360, 330, (250, 200, 120), 0.6),
    "rect": Rect(100.4, 100.4, 250, 130, (240, 230, 200)),
    "rect faded": Rect(100, 100, 250, 130, (240, 230, 200), 0.5),
    "rect round": Rect(100, 100, 250, 130, (240, 230, 200), 0.7, 22),
    "rect rounder than it can be": Rect(100, 100, 200, 20, (240, 230, 200), 1, 99),
    "line level": Line(100, 300, 900, 300, 3, (255, 255, 255)),
    "line upright": Line(100, 100, 100, 600, 1, (255, 255, 255)),
    "line slanted": Line(100, 100, 1100, 400, 4, (255, 255, 255)),
    "line thick and faded": Line(300, 500, 500, 200, 14.5, (255, 200, 100), 0.5),
    "text": Text("Strike the fish", 640, 360, 44, (250, 250, 240)),
    "text in Chinese": Text("等待，然后出击", 640, 360, 30, (250, 250, 240)),
    "text small, right, faded": Text("12 of 40", 1200, 40, 18, (250, 250, 240), 0.6, "right"),
    "group": Group((Disc(600, 300, 30, (255, 0, 0)), Text("group", 600, 360, 20, (0, 0, 0))), 80, -40, 1.5, 0.8),
    "clear in a group": Group((Clear((200, 190, 180)),), dx=300, alpha=0.5),
}


def painted(window: Window, *ops: Op) -> NDArray[np.int16]:
    """(720, 1280, 3) what `ops` look like over grey."""
    window.paint((GREY, *ops))
    return np.asarray(window.screenshot()).astype(np.int16)


@pytest.mark.parametrize("op", OPS.values(), ids=OPS.keys())
def test_both_painters_paint_the_same(op: Op, memory: Window, arcade_window: Window) -> None:
    for window in (memory, arcade_window):
        assert np.abs(painted(window, op) - GREY.colour).max() > 15, "nothing was painted"
    assert_alike(memory.screenshot(), arcade_window.screenshot())


def test_a_whole_scene_is_the_same_after_many_others(memory: Window, arcade_window: Window) -> None:
    ops = tuple(OPS.values())
    for window in (memory, arcade_window):
        for n in range(0, len(ops), 3):  # slots, caches and sizes change hands
            window.paint(ops[n:] + ops[:n])
        window.paint((GREY, *ops))
    assert_alike(memory.screenshot(), arcade_window.screenshot())


def test_the_memory_window_is_the_pygame_window(memory: Window, pygame_window: Window) -> None:
    ops = tuple(OPS.values())
    assert (painted(memory, *ops) == painted(pygame_window, *ops)).all()


@pytest.fixture(params=["memory", "arcade_window"])
def window(request: pytest.FixtureRequest) -> Window:
    opened: Window = request.getfixturevalue(request.param)
    return opened


def test_painting_again_gives_the_same_picture(window: Window) -> None:
    ops = tuple(OPS.values())
    assert (painted(window, *ops) == painted(window, *ops)).all()


def test_an_empty_list_is_black(window: Window) -> None:
    window.paint(())
    assert window.screenshot().getextrema() == ((0, 0),) * 3


def test_later_operations_lie_over_earlier_ones(window: Window) -> None:
    red, blue = Rect(0, 0, 200, 200, (255, 0, 0)), Rect(100, 100, 200, 200, (0, 0, 255))
    picture = painted(window, red, blue)
    assert tuple(picture[150, 150]) == (0, 0, 255)
    assert tuple(picture[50, 50]) == (255, 0, 0)


def test_nothing_is_seen_through_a_later_clear(window: Window) -> None:
    window.paint((Sprite("fish", 640, 360), Clear((1, 2, 3))))
    assert window.screenshot().getextrema() == ((1, 1), (2, 2), (3, 3))


def test_light_only_brightens(window: Window) -> None:
    lit = painted(window, Sprite("glow", 640, 360, alpha=0.5, blend="add"))
    assert (lit >= np.array(GREY.colour) - 1).all()
    np.testing.assert_allclose(lit[360, 640] - GREY.colour, (127, 120, 100), atol=10)


def test_alpha_mixes_by_its_share(window: Window) -> None:
    np.testing.assert_allclose(
        painted(window, Rect(0, 0, 99, 99, (160, 170, 180), 0.25))[50, 50], (85, 95, 105), atol=1
    )


def test_a_round_rect_has_no_seams(window: Window) -> None:
    inside = painted(window, Rect(100, 100, 300, 200, (240, 240, 240), 0.5, 30))[110:290, 110:390]
    assert np.ptp(inside[30:-30], axis=(0, 1)).max() == 0
    assert np.ptp(inside[:, 30:-30], axis=(0, 1)).max() == 0


def test_edges_of_sprites_are_free_of_black(window: Window) -> None:
    """The fish is black where it is clear: on a bright ground no edge pixel may be darker than ground and fish."""
    bright: DrawList = (Clear((200, 200, 90)), Sprite("fish", 640, 360, scale=0.7, angle=20))
    window.paint(bright)
    assert np.asarray(window.screenshot())[..., 0].min() >= 85
    assert np.asarray(window.screenshot())[..., 2].min() >= 80


def test_what_is_transparent_or_empty_paints_nothing(window: Window) -> None:
    ops = (
        Sprite("fish", 640, 360, alpha=0),
        Sprite("fish", 640, 360, scale=0),
        Disc(640, 360, 0, (255, 0, 0)),
        Rect(640, 360, 0, 10, (255, 0, 0), 1, 5),
        Line(640, 360, 640, 360, 5, (255, 0, 0)),
        Text(" ", 640, 360, 30, (255, 0, 0)),
    )
    assert (painted(window, *ops) == GREY.colour).all()


def test_words_that_are_gone_leave_the_atlas(arcade_window: Window) -> None:
    import arcade  # noqa: PLC0415 - not before its window has opened without a display

    for score in range(700):
        arcade_window.paint((Text(f"{score}", 640, 360, 20, (255, 255, 255)),))
    atlas: Any = arcade.get_window().ctx.default_atlas
    assert len(atlas.unique_textures) < 600
