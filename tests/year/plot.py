"""The year's policies and what they made of people, as a picture: a week is a point, a version a shade."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, PercentFormatter

from tests.year.figures import Week

CLAY, SLATE, INK, PAPER = "#c8553d", "#3d6b8c", "#2b2b2b", "#faf8f5"
SHADES = ("#f0ece4", "#f6dfd3", "#e9efe6")
SMOOTHED = 2
"""Weeks either way."""
Counts = Callable[[Week], int]


def draw(weeks: list[Week], versions: Mapping[int, str], path: Path) -> None:
    """`versions`: by the day of the year they begin, what each is called and says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    figure, (rates, bars) = pyplot.subplots(
        2, 1, figsize=(12, 7.5), sharex=True, height_ratios=(3, 1.3), facecolor=PAPER, layout="constrained"
    )
    begins = [day / 7 for day in sorted(versions)]
    numbers = [number + 0.5 for number in range(len(weeks))]
    _draw_rates(rates, weeks, begins, numbers)
    bars.bar(numbers, [week.suspended for week in weeks], width=0.7, color=INK, alpha=0.8)
    bars.set_ylabel("suspended by the night")
    bars.yaxis.set_major_locator(MaxNLocator(integer=True))
    bars.set_xlabel("week of the year")
    bars.set_xlim(0, len(weeks))
    for place, start in enumerate(begins):
        end = begins[place + 1] if place + 1 < len(begins) else len(weeks)
        for axes in (rates, bars):
            axes.axvspan(start, end, color=SHADES[place % len(SHADES)], zorder=0, linewidth=0)
            if place:
                axes.axvline(start, color=INK, linewidth=1, linestyle=(0, (4, 3)))
        label = {"fontsize": 9.5, "color": INK, "va": "top", "linespacing": 1.4}
        words = versions[sorted(versions)[place]]
        rates.text(start + len(weeks) / 150, 0.98, words, transform=rates.get_xaxis_transform(), **label)
    for axes in (rates, bars):
        axes.set_facecolor(PAPER)
        axes.set_axisbelow(True)
        axes.grid(axis="y", color="white", linewidth=1)
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=130)
    pyplot.close(figure)


def _draw_rates(axes: Axes, weeks: list[Week], begins: list[float], numbers: list[float]) -> None:
    """Points are weeks; a line goes through a version's weeks and not from one version into the next."""
    kinds = (
        ("did not come, of the places that stood", CLAY, lambda week: week.missed, lambda week: week.came),
        ("cancelled late, of the places a day before", SLATE, lambda week: week.cancelled_late, _stood),
    )
    highest = 0.02
    for name, colour, part, rest in kinds:
        values = [part(week) / max(1, part(week) + rest(week)) for week in weeks]
        highest = max(highest, *values)
        axes.plot(numbers, values, "o", color=colour, alpha=0.3, markersize=4.5, markeredgewidth=0)
        edges = [*begins, len(weeks)]
        for place, (start, end) in enumerate(pairwise(edges)):
            some = [number for number in range(len(weeks)) if start <= number < end]
            smooth = [_together(weeks, some, number, part, rest) for number in some]
            label = name if place == 0 else None
            axes.plot([number + 0.5 for number in some], smooth, color=colour, linewidth=2.6, label=label)
    axes.set_ylim(0, highest * 1.3)
    axes.yaxis.set_major_locator(MaxNLocator(steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(PercentFormatter(xmax=1, decimals=0))
    axes.set_title("What a studio's policies make of its members", loc="left", fontsize=14, color=INK, pad=12)
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), frameon=False, ncols=2, fontsize=9.5)


def _stood(week: Week) -> int:
    return week.came + week.missed


def _together(weeks: list[Week], some: list[int], number: int, part: Counts, rest: Counts) -> float:
    """The rate of a week and its neighbours of the same version, each place counted alike."""
    near = [weeks[one] for one in some if abs(one - number) <= SMOOTHED]
    whole = sum(part(week) + rest(week) for week in near)
    return sum(part(week) for week in near) / max(1, whole)
