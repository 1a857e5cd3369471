#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""original.py -- the data sets that collect_traces.py of KernelOracle makes

    original.py RAW OUT SEED RATIO [--no-unseen-split]
    original.py --loop FILE

This was written from a description of that program, to check tk-split --compat
against.  It differs in reading RAW/*.txt.gz too, and bytes that are no UTF-8,
at which the original stops, and in a NUL, which CPython writes as it is: here
it is \\x00.  It writes the files, of which dataset_meta.json tells the time in
SOURCE_DATE_EPOCH, and prints the category that is held out, or None.

With --loop it takes the lines of one file through the regular expression and
counts the rows: what a plain loop in Python takes at least.
"""

import csv
import datetime
import glob
import gzip
import json
import os
import random
import re
import sys

SWITCH = re.compile(
    r"\[(\d+)\].+?(\d+\.\d+):\s+sched_switch:\s+"
    r"prev_comm=(.+?)\s+prev_pid=(\d+)\s+prev_prio=(\d+)\s+"
    r"prev_state=(\S+)\s+==>\s+"
    r"next_comm=(.+?)\s+next_pid=(\d+)\s+next_prio=(\d+)"
)
COLUMNS = (
    "timestamp time_diff task_name pid cpu prev_state prev_comm"
    " workload_type trace_id"
).split()
UTF8 = {"encoding": "utf-8", "errors": "surrogateescape"}


def rows_of(path, workload, trace_id):
    """Return the rows of a trace."""
    rows = []
    before = None
    with (gzip.open if path.endswith(".gz") else open)(
        path, "rt", **UTF8
    ) as lines:
        for line in lines:
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            m = SWITCH.search(line)
            if not m:
                continue
            time = float(m[2])
            difference = 0.0 if before is None else time - before
            before = time
            rows.append(
                [f"{time:.6f}", f"{difference:.9f}", m[7], m[8], m[1]]
                + [m[6], m[3], workload, trace_id]
            )
    return rows


def names_of(raw, trace_id):
    """Return the category and the workload of a trace."""
    document = os.path.join(raw, trace_id + ".json")
    if os.path.exists(document):
        with open(document, encoding="utf-8") as f:
            told = json.load(f)
        return (
            told.get("category", "unknown"),
            told.get("workload_name", trace_id),
        )
    workload = trace_id.rsplit("_run", 1)[0]
    return workload.rsplit("_", 1)[0], workload


def collect(raw):
    """Return the rows of each trace, by category."""
    traces = {}
    paths = glob.glob(raw + "/*.txt") + glob.glob(raw + "/*.txt.gz")
    for path in sorted(paths, key=lambda p: p.removesuffix(".gz")):
        name = os.path.basename(path).removesuffix(".gz")
        trace_id = os.path.splitext(name)[0]
        category, workload = names_of(raw, trace_id)
        traces.setdefault(category, []).append(
            rows_of(path, workload, trace_id)
        )
    return traces


def split(traces, seed, ratio, hold_out):
    """Return the rows of the three sets, and what is held out."""
    random.seed(seed)
    categories = sorted(traces)
    held_out = None
    train, seen, unseen = [], [], []
    if len(categories) >= 3 and hold_out:
        held_out = random.choice(categories)
        unseen = sum(traces[held_out], [])
    for category in categories:
        if category == held_out:
            continue
        drawn = traces[category][:]
        random.shuffle(drawn)
        n = max(1, int(len(drawn) * ratio))
        train += sum(drawn[:n], [])
        seen += sum(drawn[n:], [])
    if not seen and train:
        n = int(len(train) * ratio)
        train, seen = train[:n], train[n:]
    return train, seen, unseen, held_out


def write(path, rows):
    """Write a file, unless there are no rows."""
    if rows:
        with open(path, "w", newline="", **UTF8) as f:
            writer = csv.writer(f)
            writer.writerow(COLUMNS)
            for row in rows:
                writer.writerow([cell.replace("\0", "\\x00") for cell in row])


def describe(path, sets, traces, seed, ratio, held_out):
    """Write the document that says what the data set is."""
    made = int(os.environ["SOURCE_DATE_EPOCH"])
    made = datetime.datetime.fromtimestamp(made, datetime.timezone.utc)
    train, seen, unseen = map(len, sets)
    with open(path, "w", encoding="utf-8") as f:
        json.dump(
            {
                "total_events": train + seen + unseen,
                "train_events": train,
                "test_seen_events": seen,
                "test_unseen_events": unseen,
                "train_ratio": ratio,
                "seed": seed,
                "unseen_category": held_out,
                "categories": sorted(traces),
                "num_traces": sum(map(len, traces.values())),
                "csv_columns": COLUMNS,
                "created_at": made.replace(tzinfo=None).isoformat(),
            },
            f,
            indent=2,
        )


def main():
    if sys.argv[1] == "--loop":
        print(len(rows_of(sys.argv[2], "workload", "trace")))
        return
    raw, out, seed, ratio = sys.argv[1:5]
    traces = collect(raw)
    train, seen, unseen, held_out = split(
        traces, int(seed), float(ratio), len(sys.argv) == 5
    )
    os.makedirs(out, exist_ok=True)
    write(out + "/train.csv", train)
    write(out + "/test_seen.csv", seen)
    write(out + "/test_unseen.csv", unseen)
    write(out + "/all.csv", train + seen + unseen)
    describe(
        out + "/dataset_meta.json",
        (train, seen, unseen),
        traces,
        int(seed),
        float(ratio),
        held_out,
    )
    print(held_out)


main()
