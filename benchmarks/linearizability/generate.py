#!/usr/bin/env python3
"""Writes a history that is linearizable by construction, or one that is not: JSON lines on standard output.

usage: generate.py MODEL CALLS PROCESSES LOST SEED [wrong]

MODEL is cas-register, register (each value written once), queue or kv; LOST is the share of calls of which nobody learns how
they ended. With `wrong` the last read, get or dequeue returns what nobody wrote. Same arguments, same bytes.
"""
import json
import random
import sys


class Object:
    """An atomic object, called at one moment between the beginning and the end of each call."""

    def __init__(self, model, rng):
        self.model, self.rng, self.state, self.queue, self.count = model, rng, {}, [], 0

    def choose(self, process):
        self.count += 1
        n, rng = self.count, self.rng
        if self.model == "cas-register":
            f = rng.choice(["read", "write", "cas"])
            value = {"read": None, "write": rng.randrange(5), "cas": [rng.randrange(5), rng.randrange(5)]}[f]
            return f, None, value
        if self.model == "register":
            f = rng.choice(["read", "write"])
            return f, None, None if f == "read" else n
        if self.model == "queue":
            f = rng.choice(["enqueue", "dequeue"])
            return f, None, None if f == "dequeue" else n
        f = rng.choice(["get", "append"])
        return f, "k%d" % rng.randrange(5), None if f == "get" else "x %d %d y" % (process, n)

    def call(self, f, key, value):
        if f in ("read", "get"):
            return "ok", self.state.get(key, "" if f == "get" else None)
        if f == "write":
            self.state[key] = value
        elif f == "append":
            self.state[key] = self.state.get(key, "") + value
        elif f == "enqueue":
            self.queue.append(value)
        elif f == "dequeue":
            return "ok", self.queue.pop(0) if self.queue else None
        elif self.state.get(key) == value[0]:
            self.state[key] = value[1]
        else:
            return "fail", value
        return "ok", value


def events(model, calls, processes, lost, seed):
    rng = random.Random(seed)
    called = Object(model, rng)
    names = list(range(processes))
    running = {}
    fresh, begun = processes, 0
    while begun < calls or running:
        i = rng.randrange(processes)
        if names[i] not in running:
            if begun < calls:
                begun += 1
                f, key, value = called.choose(i)
                running[names[i]] = [f, key, value, None]
                yield [names[i], "invoke", f, key, value]
            continue
        f, key, value, answer = running[names[i]]
        if answer is None:
            running[names[i]][3] = called.call(f, key, value)
            if rng.random() < lost:
                yield [names[i], "info", f, key, None]
                del running[names[i]]
                names[i], fresh = fresh, fresh + 1
        elif rng.random() < 0.5:
            yield [names[i], answer[0], f, key, answer[1]]
            del running[names[i]]


def main():
    model, calls, processes, lost, seed = sys.argv[1:6]
    history = list(events(model, int(calls), int(processes), float(lost), int(seed)))
    if sys.argv[6:] == ["wrong"]:
        at = max(i for i, e in enumerate(history) if e[1] == "ok" and e[2] in ("read", "get", "dequeue"))
        history[at][4] = "never written"
    for process, phase, f, key, value in history:
        event = {"process": process, "type": phase, "f": f, "value": value}
        if key is not None:
            event["key"] = key
        print(json.dumps(event))


main()
