"""What OpenGL paints from and on: pixels as Mesa's fast path for flat pictures wants them."""

from typing import Any

from PIL import Image
from pyglet import gl


def texture(ctx: Any, size: tuple[int, int], image: Image.Image | None = None) -> Any:
    """A texture with the pixels of `image` (mode RGBA), kept as blue, green, red and alpha.

    llvmpipe blends whole rows of bytes only in this order of them, and takes it only where no size is asked for
    (GL_RGBA, not GL_RGBA8): docs/why/0025. To graphics cards both are alike.
    """
    made = ctx.texture(size, components=4, wrap_x=ctx.CLAMP_TO_EDGE, wrap_y=ctx.CLAMP_TO_EDGE)
    pixels = None if image is None else image.tobytes("raw", "BGRA")
    gl.glBindTexture(gl.GL_TEXTURE_2D, made.glo)
    gl.glTexImage2D(gl.GL_TEXTURE_2D, 0, gl.GL_RGBA, *size, 0, gl.GL_BGRA, gl.GL_UNSIGNED_BYTE, pixels)
    return made


def canvas(ctx: Any, size: tuple[int, int]) -> Any:
    """A framebuffer without depth, which a window always has; llvmpipe would keep to its slow path for it.

    Its first row is the picture's top.
    """
    return ctx.framebuffer(color_attachments=[texture(ctx, size)])


def hang(picture: Any, screen: Any, left: int, bottom: int) -> None:
    """Copy a canvas to the screen, whose first row is the lowest; then the screen is what is painted on."""
    width, height = picture.size
    gl.glBindFramebuffer(gl.GL_READ_FRAMEBUFFER, picture.glo)
    gl.glBindFramebuffer(gl.GL_DRAW_FRAMEBUFFER, screen.glo)
    gl.glDisable(gl.GL_SCISSOR_TEST)  # else Mesa does not copy, but paints it
    area = (left, bottom + height, left + width, bottom)
    gl.glBlitFramebuffer(0, 0, width, height, *area, gl.GL_COLOR_BUFFER_BIT, gl.GL_NEAREST)
    gl.glEnable(gl.GL_SCISSOR_TEST)
    screen.use(force=True)
