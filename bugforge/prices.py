"""What help costs, of the points for communication."""

COMMUNICATION = 10  # points
HINT = 3
LOOK = 1


def communication(hints: int, looks: int, bugs: int = 1) -> float:
    """The points that are left; the hints of several bugs share the price of one."""
    return max(0.0, COMMUNICATION - HINT * hints / bugs - LOOK * looks)
