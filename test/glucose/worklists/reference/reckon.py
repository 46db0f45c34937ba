"""Reckons expected.json from patients.csv: in which group and in which order each published view has them.

Written from the rules in words, in exact fractions and the other way round from src/glucose/worklists: groups are
painted over from the last to the first, as the originals do, and a list is sorted as a whole.
"""

import csv
import json
from fractions import Fraction as F


def figures(row, which):
    cells = [row[f"{which}_{part}"] for part in ("expected", "very_low", "low", "in_range", "high", "very_high")]
    if cells[0] == "":
        return None
    expected, *counts = map(int, cells)
    n = sum(counts)
    if n == 0:
        return {"worn": F(0), "n": 0}
    v54, v69, ok, hi, v250 = (F(count, n) for count in counts)
    return {
        "worn": F(n, expected),
        "n": n,
        "<54": v54,
        "54-69": v69,
        "<70": v54 + v69,
        "70-180": ok,
        ">180": hi + v250,
        ">250": v250,
    }


def has(stretch):
    return stretch is not None and stretch["n"] > 0


def percent(numerator):
    return F(numerator, 100)


with open("patients.csv", newline="") as file:
    table = [
        {"id": row["id"], "now": figures(row, "latest"), "before": figures(row, "earlier")}
        for row in csv.DictReader(file)
    ]


def fell(patient):
    """By how much time in range fell; as in the originals nothing where one side is missing."""
    return patient["before"]["70-180"] - patient["now"]["70-180"] if has(patient["before"]) else F(-1)


def tide(patient):
    now = patient["now"]
    group = 5
    if not has(now):
        return group
    if (
        fell(patient) <= percent(15)
        and now["<54"] <= percent(1)
        and now["54-69"] <= percent(4)
        and now["70-180"] >= percent(65)
        and now["worn"] >= percent(50)
    ):
        group = 6
    for number, alert in (
        (4, now["70-180"] < percent(65)),
        (3, fell(patient) > percent(15)),
        (2, now["54-69"] > percent(4)),
        (1, now["<54"] > percent(1)),
    ):
        if alert and now["worn"] > percent(50):
            group = number
    return group


def tide_list():
    groups = {number: [] for number in range(1, 7)}
    for patient in table:
        groups[tide(patient)].append(patient)
    ordered = []
    for number, members in groups.items():
        known = sorted((one for one in members if has(one["now"])), key=lambda one: one["now"]["70-180"])
        unknown = [one for one in members if not has(one["now"])]
        ordered += [[one["id"], number] for one in known + unknown]
    return ordered


def flags(stretch):
    return sum([stretch["<70"] > percent(4), stretch["<54"] > percent(1), stretch["70-180"] < percent(65)])


def surf_tide_list(first_ranks):
    seen = [one for one in table if has(one["now"])]
    steps = sorted({(-flags(one["now"]), one["now"]["70-180"]) for one in seen})
    lists = {1: [], 2: [], 3: [], 0: []}
    for one in seen:
        rank = steps.index((-flags(one["now"]), one["now"]["70-180"])) + 1
        both = flags(one["now"]) * (flags(one["before"]) if has(one["before"]) else 0) > 0
        which = 0
        if one["now"]["worn"] > percent(75):
            which = 1 if rank <= first_ranks else 2 if both else 3
        lists[which].append((rank, one["id"]))
    # sorted() keeps the table's order of equals, as long as only the rank is looked at.
    ordered = [
        [name, which, rank] for which, members in lists.items() for rank, name in sorted(members, key=lambda m: m[0])
    ]
    return ordered + [[one["id"], 0, None] for one in table if not has(one["now"])]


def tidepool_list():
    left = [one for one in table if has(one["now"])]
    ordered = []

    def take(name, chosen, key):
        nonlocal left
        ordered.extend([one["id"], name] for one in sorted(filter(chosen, left), key=key))
        left = [one for one in left if not chosen(one)]

    for name, share, limit in (
        ("<54 >1", "<54", 1),
        ("<70 >4", "<70", 4),
        (">250 >5", ">250", 5),
        (">180 >25", ">180", 25),
    ):
        take(name, lambda one: one["now"][share] > percent(limit), lambda one: -one["now"][share])
    take("fell >15", lambda one: fell(one) > percent(15), lambda one: -fell(one))
    take("use <70", lambda one: one["now"]["worn"] < percent(70), lambda one: one["now"]["worn"])
    take(
        "meeting",
        lambda one: one["now"]["70-180"] >= percent(70) and one["now"]["worn"] >= percent(70),
        lambda one: -one["now"]["70-180"],
    )
    assert not left, "somebody is in no category"
    return ordered + [[one["id"], "no data"] for one in table if not has(one["now"])]


def no_earlier():
    """Who has nothing to compare with, and whether that is known or only not read."""
    return {
        one["id"]: "not-read" if one["before"] is None else "no-reading" for one in table if not has(one["before"])
    }


expected = {
    "tide": tide_list(),
    "surfTide": surf_tide_list(60),
    "surfTide20": surf_tide_list(20),
    "tidepool": tidepool_list(),
    "noEarlier": no_earlier(),
}


def block(rows):
    """One row a line, as the formatter of this repository leaves it."""
    if isinstance(rows, dict):
        return "{\n" + ",\n".join(f'    "{name}": {json.dumps(value)}' for name, value in rows.items()) + "\n  }"
    return "[\n" + ",\n".join(f"    {json.dumps(row)}" for row in rows) + "\n  ]"


with open("expected.json", "w") as file:
    file.write("{\n" + ",\n".join(f'  "{view}": {block(rows)}' for view, rows in expected.items()) + "\n}\n")
