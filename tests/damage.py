#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""damage.py -- a trace's text, damaged in the ways that a reader may trip on

    damage.py FROM.txt.gz SEED LINES >TO

Takes so many lines of a recording, from a random one on, and damages about
half of those behind the first, which shows that it is a trace at all.  The
same seed gives the same bytes.
"""

import gzip
import random
import sys

# What the original takes for white space, an end of a line or digits, what it
# does not, and pieces of the form of a switch.
PIECES = [
    *(c.encode() for c in "\t\v\f\x1c\x1d\x1e\x1f\x7f\x85\xa0\u1680\u180e"),
    *(c.encode() for c in "\u2000\u200a\u200b\u2028\u2029\u202f\u205f\u3000"),
    *(c.encode() for c in "\u0660\u0967\u09ef\uff11\U0001d7ce\U00011066\xb2"),
    *(c.encode() for c in "\xe9\u20ac\ufeff\ufffd\U0001f600"),
    *(b"\xff", b"\xc2", b"\xa0", b"\x80", b"\xe2\x80", b"\xe0\x80\xa0"),
    *(b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xa0", b"\xf0\x9d\x9f"),
    *(b"\0", b"\r", b"\n", b"\r\n", b" ", b"  ", b"#", b",", b'"', b":"),
    *(b"[7]", b"[007] ", b" [", b"]", b"[", b".", b"=", b"==>", b" ==> "),
    *(b"1", b"5.5: ", b" 12.000001: ", b" 7.25:", b"3.", b".4", b"1e9", b"-"),
    *(b" prev_comm=", b" prev_pid=", b" prev_pid=3 ", b" prev_prio=1 "),
    *(b" prev_state=", b"prev_state=S ==> next_comm=z next_pid=4"),
    *(b" next_comm=", b" next_pid=", b" next_pid=5 next_prio=6"),
    *(b" next_prio=", b" sched_switch:", b" 4.5: sched_switch: prev_comm="),
    *(b" sched_wakeup: ", b"CPU:0 [LOST 5 EVENTS]"),
]


def places(line, draw):
    """Return a random stretch of a line, most often a word or a short one."""
    a = draw.randrange(len(line) + 1)
    if draw.random() < 0.4:
        marks = [i for i, c in enumerate(line) if c in b" =:[].,>"]
        a = draw.choice(marks) + draw.randrange(2) if marks else a
    return a, min(len(line), a + draw.choice((0, 1, 1, 2, 3, 8, 20, 60)))


def damage(line, draw, lines):
    """Return a line with one damage more."""
    a, b = places(line, draw)
    kind = draw.randrange(9)
    if kind == 0:
        return line[:a] + line[b:]
    if kind == 1:
        return line[:b] + line[a:]
    if kind == 2:
        return line[:a] + line[b:] + line[a:b]
    if kind == 3:
        return line[:a] + bytes([draw.randrange(256)]) + line[a + 1 :]
    if kind == 4:
        return line[:a] + draw.choice(lines) + line[a:]
    if kind == 5:
        c, d = places(draw.choice(lines), draw)
        return line[:a] + draw.choice(lines)[c:d] + line[b:]
    if kind == 6:
        return line[:a] + draw.choice(PIECES) + line[b:]
    return line[:a] + draw.choice(PIECES) + line[a:]


def main():
    path, seed, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    draw = random.Random(seed)
    with gzip.open(path) as f:
        lines = [line.rstrip(b"\n") for line in f]
    lines = [line for line in lines if not line.startswith(b"#")]
    first = draw.randrange(max(1, len(lines) - count))
    for i, line in enumerate(lines[first : first + count]):
        if i > 0 and draw.random() < 0.5:
            for _ in range(draw.choice((1, 1, 1, 2, 3, 8))):
                line = damage(line, draw, lines)
        sys.stdout.buffer.write(line + b"\n")


main()
