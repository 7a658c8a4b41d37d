"""A share of a sample, and how sure it is."""

import math
from dataclasses import dataclass

Z = 1.96  # of the normal distribution, for 95 %


@dataclass(frozen=True)
class Share:
    """Of a sample, and the Wilson interval in which the whole's lies in 95 of 100 samples."""

    hits: int
    drawn: int

    @property
    def value(self) -> float:
        """Between 0 and 1; of an empty sample 0."""
        return self.hits / max(self.drawn, 1)

    @property
    def interval(self) -> tuple[float, float]:
        n, p = max(self.drawn, 1), self.value
        middle, half = p + Z * Z / (2 * n), Z * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        return max(0.0, (middle - half) / (1 + Z * Z / n)), min(1.0, (middle + half) / (1 + Z * Z / n))
