"""Reads temperatures from a text and reports them in both scales."""

from dataclasses import dataclass


@dataclass
class Measurement:
    station: str
    celsius: float


def celsius_to_fahrenheit(celsius: float) -> float:
    return celsius * 9 / 5 + 32


def fahrenheit_to_celsius(fahrenheit: float) -> float:
    """The inverse of celsius_to_fahrenheit."""
    


def parse(text: str) -> list[Measurement]:
    measurements = []
    for line in text.splitlines():
        station, value = line.split(",")
        measurements.append(Measurement(station.strip(), float(value)))
    return measurements


def warmest(measurements: list[Measurement]) -> Measurement:
    return max(measurements, key=lambda measurement: measurement.celsius)


if __name__ == "__main__":
    found = warmest(parse("Harbour, 11.5\nAirport, 9.0\nOld Town, 12.25"))
    print(f"{found.station}: {found.celsius} °C, {celsius_to_fahrenheit(found.celsius):.1f} °F")
