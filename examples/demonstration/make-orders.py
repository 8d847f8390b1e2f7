"""Writes the orders of 20 regions for a few days: DIRECTORY/DAY/REGION.csv.

The last region's file of the last day has a value that is no number.
"""

import csv
import random
import sys
from datetime import date, timedelta
from pathlib import Path

REGIONS = [f"{side}-{number}" for side in ("north", "east", "south", "west") for number in range(1, 6)]


def main(directory, last_day):
    chance = random.Random(7)
    for ago in range(2, -1, -1):
        day = date.fromisoformat(last_day) - timedelta(days=ago)
        for region in REGIONS:
            path = Path(directory, str(day), f"{region}.csv")
            path.parent.mkdir(parents=True, exist_ok=True)
            amounts = [f"{chance.lognormvariate(4, 0.6):.2f}" for _ in range(40)]
            if ago == 0 and region == REGIONS[-1]:
                amounts[16] = "n/a"
            with path.open("w", newline="") as file:
                rows = csv.writer(file)
                rows.writerow(["order", "amount"])
                rows.writerows([f"{region}/{number}", amount] for number, amount in enumerate(amounts, 1))


main(*sys.argv[1:])
