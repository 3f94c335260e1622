"""Compares dettrace's events with those of babeltrace2, both as JSON lines: the same events, fields and times.

Events at one time may come in another order from different streams. Times of clocks that do not tick nanoseconds may
differ by what babeltrace2 loses in a double. Usage: ctf_compare.py DETTRACE BABELTRACE
"""

import json
import sys


def events(path, ours):
    with open(path, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            event = json.loads(line)
            if ours:
                for own in ("lane", "wakeup", "woken_by"):
                    event.pop(own, None)
            for key, value in list(event.items()):
                if isinstance(value, str) and "|" in value:
                    event[key] = "|".join(sorted(value.split("|")))
            yield event


def same(a, b):
    if a == b:
        return True
    if a.keys() != b.keys():
        return False
    for key in a:
        if key == "time_ns":
            if abs(a[key] - b[key]) > 1 + abs(a[key]) * 2.0 ** -52:
                return False
        elif a[key] != b[key]:
            return False
    return True


def main():
    ours = sorted(events(sys.argv[1], True), key=lambda e: (e.get("time_ns", 0)))
    theirs = sorted(events(sys.argv[2], False), key=lambda e: (e.get("time_ns", 0)))
    if len(ours) != len(theirs):
        sys.exit("counts differ: %d and %d" % (len(ours), len(theirs)))
    at = 0
    while at < len(ours):
        if same(ours[at], theirs[at]):
            at += 1
            continue
        end = at
        while end < len(ours) and ours[end].get("time_ns") == ours[at].get("time_ns"):
            end += 1
        left = sorted(json.dumps(e, sort_keys=True) for e in ours[at:end])
        right = sorted(json.dumps(e, sort_keys=True) for e in theirs[at:end])
        for a, b in zip(left, right):
            if not same(json.loads(a), json.loads(b)):
                sys.exit("event %d differs:\n%s\n%s" % (at, a, b))
        at = end
    print("%d events are the same" % len(ours))


main()
