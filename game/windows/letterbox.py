"""Where the picture lies in a window of any shape: as large as fits, in the middle, bars around it."""

from typing import NamedTuple

from game.draw import HEIGHT, WIDTH


class Letterbox(NamedTuple):
    """The picture's place in its window, in the window's pixels, y downwards."""

    left: int
    top: int
    width: int
    height: int

    @property
    def zoom(self) -> float:
        """Pixels for each unit of the picture."""
        return self.width / WIDTH

    def to_picture(self, x: float, y: float) -> tuple[float, float] | None:
        """A place in the window as a place in the picture; None on the bars."""
        across, down = (x - self.left) * WIDTH / self.width, (y - self.top) * HEIGHT / self.height
        return (across, down) if 0 <= across < WIDTH and 0 <= down < HEIGHT else None


def letterbox(width: int, height: int) -> Letterbox:
    """The largest 16:9 picture in the middle of a window of this size, in pixels."""
    zoom = min(width / WIDTH, height / HEIGHT)
    across, down = max(1, round(WIDTH * zoom)), max(1, round(HEIGHT * zoom))
    return Letterbox((width - across) // 2, (height - down) // 2, across, down)
