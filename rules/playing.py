"""How long a medium plays when nobody touches it."""

from __future__ import annotations

import math
import re
from urllib.parse import unquote

from rules.evidence.media import Medium

LONGEST_S = 3.0
"""Sound that ends sooner disturbs nobody for long: the limit of success criterion 1.4.2."""


def played_s(medium: Medium) -> float | None:
    """How long it plays, None where that is not known; a fragment (#t=2,5) may name a part."""
    if medium.loop:
        return math.inf
    part = re.search(r"#(?:.*&)?t=(?:npt:)?(\d*(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?(?:&|\Z)", unquote(medium.source))
    end = float(part[2]) if part and part[2] else medium.duration_s
    return None if end is None else end - (float(part[1]) if part and part[1] else 0.0)
