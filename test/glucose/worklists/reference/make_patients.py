"""Writes patients.csv: invented patients, in counts of readings, so that every share is an exact fraction.

A stretch is (expected, very low, low, in range, high, very high); None could not be read.
"""

import csv
import random

STEADY = (2000, 10, 20, 1500, 370, 100)  # worn all the time, 75 % in range, no limit touched
NOTHING = (2000, 0, 0, 0, 0, 0)


EDGES = [
    ("steady", STEADY, STEADY),
    # Limits of time below range, exactly and one reading beside.
    ("very low exactly 1 %", (2000, 20, 0, 1600, 380, 0), STEADY),
    ("very low one reading above 1 %", (2000, 21, 0, 1600, 379, 0), STEADY),
    ("very low one reading below 1 %", (2000, 19, 0, 1600, 381, 0), STEADY),
    ("very low 29 of 2900: exactly 1 %", (3360, 29, 0, 2300, 571, 0), STEADY),
    ("low exactly 4 %, no very low", (2000, 0, 80, 1600, 320, 0), STEADY),
    ("low one reading above 4 %", (2000, 0, 81, 1600, 319, 0), STEADY),
    ("low one reading below 4 %", (2000, 0, 79, 1600, 321, 0), STEADY),
    ("very low 1 % and low 3 %: below exactly 4 %", (2000, 20, 60, 1600, 320, 0), STEADY),
    ("very low 0.9 % and low 3.2 %: below 4.1 %", (2000, 18, 64, 1600, 318, 0), STEADY),
    ("very low 1 % and low 4 %, both exactly", (2000, 20, 80, 1600, 300, 0), STEADY),
    ("low 58 of 1450: exactly 4 %", (2000, 0, 58, 1392, 0, 0), STEADY),
    # In range at 65 and 70 %.
    ("in range exactly 65 %", (2000, 0, 0, 1300, 700, 0), (2000, 0, 0, 1300, 700, 0)),
    ("in range one reading below 65 %", (2000, 0, 0, 1299, 701, 0), (2000, 0, 0, 1300, 700, 0)),
    ("in range one reading above 65 %", (2000, 0, 0, 1301, 699, 0), (2000, 0, 0, 1300, 700, 0)),
    ("in range exactly 70 %", (2000, 0, 100, 1400, 500, 0), (2000, 0, 0, 1400, 600, 0)),
    ("in range 71 %, below 4 %, above 25 %, all exactly", (2000, 20, 60, 1420, 400, 100), STEADY),
    # A fall of 15 points.
    ("fell exactly 15 points: 80 to 65", (2000, 0, 0, 1300, 700, 0), (2000, 0, 0, 1600, 400, 0)),
    ("fell exactly 15 points: 85 to 70", (2000, 0, 0, 1400, 600, 0), (2000, 0, 0, 1700, 300, 0)),
    ("fell exactly 15 points: 90 to 75", (2000, 0, 0, 1500, 500, 0), (2000, 0, 0, 1800, 200, 0)),
    ("fell exactly 15 points: 95 to 80", (2000, 0, 0, 1600, 400, 0), (2000, 0, 0, 1900, 100, 0)),
    ("fell one reading more than 15 points", (2000, 0, 0, 1599, 401, 0), (2000, 0, 0, 1900, 100, 0)),
    ("fell one reading less than 15 points", (2000, 0, 0, 1601, 399, 0), (2000, 0, 0, 1900, 100, 0)),
    ("fell 20 points and above 65 %", (2000, 0, 0, 1560, 440, 0), (2000, 0, 0, 1960, 40, 0)),
    ("fell 40 points and below 65 %", (2000, 0, 0, 1000, 1000, 0), (2000, 0, 0, 1800, 200, 0)),
    ("fell 40 points with very low", (2000, 40, 0, 1000, 960, 0), (2000, 0, 0, 1800, 200, 0)),
    ("fell 40 points with low", (2000, 0, 100, 1000, 900, 0), (2000, 0, 0, 1800, 200, 0)),
    ("rose 40 points", (2000, 0, 0, 1800, 200, 0), (2000, 0, 0, 1000, 1000, 0)),
    ("fell against two readings of an earlier week", (2000, 0, 0, 1600, 400, 0), (2000, 0, 0, 2, 0, 0)),
    # Worn 50, 70 and 75 %.
    ("worn exactly 50 %, nothing else", (2000, 0, 0, 800, 200, 0), STEADY),
    ("worn exactly 50 % with very low", (2000, 30, 0, 800, 170, 0), STEADY),
    ("worn exactly 50 %, in range 40 %", (2000, 0, 0, 400, 600, 0), STEADY),
    ("worn exactly 50 %, fell 30 points", (2000, 0, 0, 650, 350, 0), (2000, 0, 0, 1900, 100, 0)),
    ("worn exactly 50 %, nothing else, no earlier week", (2000, 0, 0, 800, 200, 0), NOTHING),
    ("worn one reading more than 50 % with very low", (2000, 30, 0, 800, 171, 0), STEADY),
    ("worn one reading less than 50 %, nothing else", (2000, 0, 0, 800, 199, 0), STEADY),
    ("worn exactly 70 %", (2000, 0, 0, 1120, 280, 0), STEADY),
    ("worn one reading less than 70 %", (2000, 0, 0, 1120, 279, 0), STEADY),
    ("worn one reading more than 70 %", (2000, 0, 0, 1120, 281, 0), STEADY),
    ("worn exactly 75 %, three flags", (2000, 60, 60, 600, 780, 0), STEADY),
    ("worn one reading more than 75 %, three flags", (2000, 60, 60, 600, 781, 0), STEADY),
    ("worn exactly 75 %, no flag", (2000, 0, 0, 1200, 300, 0), STEADY),
    ("worn one reading less than 75 %", (2000, 0, 0, 1200, 299, 0), STEADY),
    ("one reading in range", (2000, 0, 0, 1, 0, 0), STEADY),
    ("one reading, very low", (2000, 1, 0, 0, 0, 0), STEADY),
    # Above range.
    ("very high exactly 5 %", (2000, 0, 0, 1700, 200, 100), STEADY),
    ("very high one reading above 5 %", (2000, 0, 0, 1700, 199, 101), STEADY),
    ("above exactly 25 %", (2000, 0, 0, 1500, 450, 50), STEADY),
    ("above one reading more than 25 %", (2000, 0, 0, 1499, 451, 50), STEADY),
    ("above 25 % only with very high", (2000, 0, 0, 1490, 410, 100), STEADY),
    # Nothing to look at, or to compare with.
    ("nothing worn in either week", NOTHING, NOTHING),
    ("nothing worn, steady before", NOTHING, STEADY),
    ("latest not read", None, STEADY),
    ("neither read", None, None),
    ("no earlier week, steady", STEADY, NOTHING),
    ("earlier week not read, steady", STEADY, None),
    ("no earlier week, in range 50 %", (2000, 0, 0, 1000, 1000, 0), NOTHING),
    ("no earlier week, three flags", (2000, 100, 0, 800, 1100, 0), NOTHING),
    ("earlier week not read, one flag", (2000, 0, 0, 1290, 710, 0), None),
    ("latest not read, nothing worn before", None, NOTHING),
    # All of it, and none.
    ("all very low", (2000, 2000, 0, 0, 0, 0), STEADY),
    ("all low", (2000, 0, 2000, 0, 0, 0), STEADY),
    ("all in range", (2000, 0, 0, 2000, 0, 0), STEADY),
    ("all high", (2000, 0, 0, 0, 2000, 0), STEADY),
    ("all very high", (2000, 0, 0, 0, 0, 2000), STEADY),
    # Ties: the same shares from other counts, and the same share in range in another way.
    ("tie a, 60 % in range", (2000, 0, 0, 1200, 800, 0), (2000, 0, 0, 1200, 800, 0)),
    ("tie b, 60 % in range of a faster sensor", (10080, 0, 0, 6000, 4000, 0), (2000, 0, 0, 1200, 800, 0)),
    ("tie c, 60 % in range of other parts", (2000, 10, 30, 1200, 460, 300), (2000, 0, 0, 1200, 800, 0)),
    ("tie d, two flags, 60 % in range", (2000, 10, 90, 1200, 700, 0), STEADY),
    ("tie e, two flags, 60 % in range", (2000, 50, 0, 1200, 750, 0), STEADY),
    ("tie f, a third of the readings", (2016, 0, 0, 672, 1344, 0), (2016, 0, 0, 672, 1344, 0)),
    ("tie g, a third of the readings", (3360, 0, 0, 1120, 2240, 0), (2016, 0, 0, 672, 1344, 0)),
    ("tie h, a third of the readings but one", (10080, 0, 0, 3359, 6721, 0), (2016, 0, 0, 672, 1344, 0)),
]


def invented(rng):
    """Shares that lie near the limits as often as far from them."""
    expected = rng.choice([2016, 3360, 10080, 672])
    worn = round(expected * rng.choice([1, 1, 0.97, 0.9, 0.8, 0.76, 0.74, 0.71, 0.69, 0.55, 0.45, 0.1]))
    weights = [
        rng.choice([0, 0, 0.005, 0.009, 0.011, 0.03]),
        rng.choice([0, 0.01, 0.03, 0.035, 0.045, 0.08]),
        rng.uniform(0.3, 0.95),
        rng.choice([0.05, 0.2, 0.24, 0.26, 0.4]),
        rng.choice([0, 0, 0.02, 0.045, 0.055, 0.2]),
    ]
    counts = [round(worn * weight / sum(weights)) for weight in weights]
    counts[2] += worn - sum(counts)
    return (expected, *counts)


rng = random.Random(20261128)
patients = list(EDGES)
for index in range(90):
    latest = invented(rng)
    earlier = rng.choice([invented(rng), invented(rng), invented(rng), STEADY, NOTHING])
    patients.append((f"invented {index + 1}", latest, earlier))
rng.shuffle(patients)

PARTS = ["expected", "very_low", "low", "in_range", "high", "very_high"]
with open("patients.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["id", "what", *(f"{which}_{part}" for which in ("latest", "earlier") for part in PARTS)])
    for index, (what, *stretches) in enumerate(patients):
        cells = [cell for one in stretches for cell in (one or [""] * len(PARTS))]
        writer.writerow([f"p{index + 1:03}", what, *cells])
