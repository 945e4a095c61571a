class Point:
    """A point on a plane; the test types one more operator at the end of the file."""

    def __init__(self, x: float, y: float) -> None:
        self.x = x
        self.y = y

    def add(self, other: "Point") -> "Point":
        return Point(self.x + other.x, self.y + other.y)

    def subtract(self, other: "Point") -> "Point":
        return Point(self.x - other.x, self.y - other.y)

