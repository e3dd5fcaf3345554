"""Colours as the browser computes them, laid over each other and compared as WCAG 2 defines it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_NUMBERS = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")
_COLOURS = re.compile(r"rgba?\([^()]*\)|color\(srgb [^()]*\)")
_CACHE = 4096


class Colour(NamedTuple):
    """Red, green and blue from 0 to 255 and how much of what lies behind is covered, from 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    def over(self, behind: Colour) -> Colour:
        """This colour painted over another."""
        if self.alpha >= 1:
            return self
        if self.alpha <= 0:
            return behind
        alpha = self.alpha + behind.alpha * (1 - self.alpha)
        share = self.alpha / alpha
        red, green, blue = (own * share + other * (1 - share) for own, other in zip(self[:3], behind[:3], strict=True))
        return Colour(red, green, blue, alpha)

    def fainter(self, opacity: float) -> Colour:
        """This colour inside something with an opacity."""
        return self if opacity >= 1 else self._replace(alpha=self.alpha * opacity)

    def __str__(self) -> str:
        """The colour as designers write it."""
        return "#" + "".join(f"{round(channel):02x}" for channel in self[:3])


NOTHING = Colour(0.0, 0.0, 0.0, 0.0)
BLACK = Colour(0.0, 0.0, 0.0)
WHITE = Colour(255.0, 255.0, 255.0)


@lru_cache(_CACHE)
def colour(computed: str) -> Colour | None:
    """A computed colour; None for spaces other than sRGB, whose numbers mean something else."""
    if computed in ("", "transparent"):
        return NOTHING
    numbers = [float(number) for number in _NUMBERS.findall(computed)]
    if len(numbers) not in (3, 4):
        return None
    if computed.startswith("color(srgb "):
        numbers[:3] = [255 * min(1.0, max(0.0, number)) for number in numbers[:3]]
    elif not computed.startswith("rgb"):
        return None
    return Colour(*numbers)


def gradient_range(image: str) -> tuple[Colour, Colour] | None:
    """The darkest and lightest that each channel of a gradient can be; None where that is not known.

    A gradient lies between its stops in every channel, so text that stands out from both ends stands out everywhere.
    Known only for gradients alone, with opaque stops in sRGB.
    """
    if "url(" in image or " in " in image or not image.partition("(")[0].endswith("gradient"):
        return None
    stops = [colour(stop) for stop in _COLOURS.findall(image)]
    left = _COLOURS.sub("", image)
    if not stops or re.search(r"color\(|lab\(|lch\(|hsl|hwb", left):
        return None
    opaque = [stop for stop in stops if stop is not None and stop.alpha >= 1]
    if len(opaque) < len(stops):
        return None
    channels = list(zip(*opaque, strict=True))
    return Colour(*map(min, channels)), Colour(*map(max, channels))


@lru_cache(_CACHE)
def luminance(one: Colour) -> float:
    """The relative luminance of an opaque colour, from 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in one[:3])
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two opaque colours, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    lights = luminance(one), luminance(other)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@lru_cache(_CACHE)
def on_screen(one: Colour) -> Colour:
    """An opaque colour in the whole steps that a screen shows."""
    return Colour(*(float(round(channel)) for channel in one[:3]))


@lru_cache(_CACHE)
def contrast_range(text: Colour, darkest: Colour, lightest: Colour) -> tuple[float, float]:
    """The lowest and highest contrast that text can have with a background between two colours."""
    ends = contrast(text, darkest), contrast(text, lightest)
    between = luminance(darkest) <= luminance(text) <= luminance(lightest)
    return (1.0 if between else min(ends)), max(ends)
