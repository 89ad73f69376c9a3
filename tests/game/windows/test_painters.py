"""Two painters, one picture; what alike means is said in compare.py."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from game.draw import Clear, Clip, Disc, DrawList, Line, Op, Rect, Sprite, Text
from game.flash import ACROSS, DOWN
from game.windows import Window
from game.windows.pygame_window import MemoryWindow
from tests.game.windows.compare import assert_alike
from tests.game.windows.made import Pictures
from tests.game.windows.operations import GOLDEN, GREY, OPS, sheet


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


@pytest.mark.parametrize("op", [Sprite("hill", 640, 360), Sprite("hill", 640, 360, 1.3, 0.6, 20)])
def test_what_is_large_and_half_clear_is_whole_mirrored_too(
    op: Sprite, memory: Window, arcade_window: Window
) -> None:
    for mirrored in (op, op._replace(flip=True)):
        seen = [
            np.abs(painted(window, mirrored) - GREY.colour).max(axis=2) > 15 for window in (memory, arcade_window)
        ]
        assert (seen[0] != seen[1]).mean() < 0.003
        assert_alike(memory.screenshot(), arcade_window.screenshot())


def test_every_operation_looks_as_it_did_when_it_was_looked_at(memory: Window) -> None:
    assert_alike(sheet(memory), Image.open(GOLDEN).convert("RGB"))


def test_at_1920_by_1080_both_show_the_same_sharper(pictures: Pictures, arcade_window: Any) -> None:
    large = MemoryWindow(pictures, 1920, 1080)
    large.paint(SMALL_PRINT)
    hardware = enlarged_by_opengl(arcade_window, SMALL_PRINT)
    assert_alike(large.screenshot(), hardware)
    enlarged = painted(MemoryWindow(pictures), *SMALL_PRINT).astype(np.uint8)
    blurred = Image.fromarray(enlarged).resize((1920, 1080), Image.Resampling.BICUBIC)
    assert min(sharpness(large.screenshot()), sharpness(hardware)) > 1.2 * sharpness(blurred)


SMALL_PRINT: DrawList = (
    Sprite("back", 640, 360),
    *(Text("Strike the fish, let the frogs be.", 640, 60 + 30 * n, 14 + n, (250, 250, 240)) for n in range(20)),
    Clip((Sprite("fish", 840, 290, 1, 20),), 800, 250, 150, 150),
    Line(40, 100, 300, 600, 3, (250, 250, 240)),
)


def enlarged_by_opengl(window: Any, ops: DrawList) -> Image.Image:
    """As a window of 1920 x 1080 would show it; one without a display cannot be made larger, so beside it."""
    return Image.frombytes("RGB", (1920, 1080), window._painter.paint(ops, 1920, 1080).read(components=3))


def sharpness(picture: Image.Image) -> float:
    """Mean squared step from pixel to pixel."""
    grey = np.asarray(picture.convert("L")).astype(float)
    return float((np.diff(grey, axis=0) ** 2).mean() + (np.diff(grey, axis=1) ** 2).mean())


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


def test_nothing_leaves_a_clip(window: Window) -> None:
    big = Rect(0, 0, 1280, 720, (255, 255, 255))
    outside = painted(window, Clip((big, Text("heron", 300, 300, 200, (0, 0, 0))), 200, 150, 300, 250))
    outside[150:400, 200:500] = GREY.colour
    assert (outside == GREY.colour).all()


def test_what_follows_a_clip_is_not_clipped(window: Window) -> None:
    after = painted(window, Clip((Rect(0, 0, 9, 9, (0, 0, 0)),), 0, 0, 5, 5), Rect(600, 300, 50, 50, (9, 9, 9)))
    assert tuple(after[325, 625]) == (9, 9, 9)


def test_a_clip_that_holds_nothing_paints_nothing(window: Window) -> None:
    apart = Clip((Clip((Clear((255, 0, 0)),), 0, 0, 100, 100),), 200, 200, 100, 100)
    assert (painted(window, apart) == GREY.colour).all()


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


def test_a_glance_is_the_picture_in_few_pixels(window: Window) -> None:
    window.paint((Clear((10, 20, 30)), Rect(640, 0, 640, 360, (200, 100, 50))))
    window.show()
    glance = window.glance()
    assert glance.shape == (DOWN, ACROSS, 3)
    assert tuple(glance[2, 2]) == tuple(glance[-2, -2]) == (10, 20, 30)
    assert tuple(glance[2, -2]) == (200, 100, 50)


def test_what_is_finer_than_a_cell_does_not_show_in_a_glance(window: Window) -> None:
    window.paint((Clear((0, 0, 0)), *(Rect(8 * n, 0, 4, 720, (200, 200, 200)) for n in range(160))))
    assert np.abs(window.glance().astype(int) - 100).max() <= 3


def test_a_glance_changes_nothing_of_what_is_painted_next(window: Window) -> None:
    ops = tuple(OPS.values())
    before = painted(window, *ops)
    window.glance()
    assert (painted(window, *ops) == before).all()


def test_words_that_are_gone_leave_the_atlas(arcade_window: Window) -> None:
    import arcade  # noqa: PLC0415 - not before its window has opened without a display

    for score in range(0, 700, 100):
        arcade_window.paint(tuple(Text(f"{score + n}", 640, 7 * n, 20, (255, 255, 255)) for n in range(100)))
    atlas: Any = arcade.get_window().ctx.default_atlas
    assert len(atlas.unique_textures) < 600
