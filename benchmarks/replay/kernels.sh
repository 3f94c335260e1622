#!/bin/bash
# kernels.sh [SWITCHES]
#
# What control costs: five small loops with two threads, on the plain JVM, under the agent without interruptions, and with
# an interruption at about one event in SWITCHES (default 100), without and with the event log. Prints events, seconds,
# the start, events a second with the log, and the slowdown against the plain JVM. Checks that a run prints what the plain one prints.
#
# Needs a built tree (scripts/test.sh). Run nothing else meanwhile.

set -euo pipefail
if [ "${1:-}" = -h ] || [ "${1:-}" = --help ]; then sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; exit 0; fi
switches=${1:-100}
root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
agent=$root/replay/target/dettrace-agent.jar
programs=$root/replay/target/test-classes
[ -f "$agent" ] && [ -d "$programs" ] || { echo "kernels.sh: build the tree first: scripts/test.sh" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
# Any of two threads is chosen, so half of the decisions change nothing.
chance=$(awk -v s="$switches" 'BEGIN {print 2 / s}')

# Seconds of a run; what it prints goes to $work/out.
seconds() {
    local from to
    from=$(date +%s.%N)
    java "$@" > "$work/out" 2> "$work/err" || { cat "$work/err" >&2; exit 1; }
    to=$(date +%s.%N)
    awk -v a="$from" -v b="$to" 'BEGIN {printf "%.2f", b - a}'
}

controlled() {
    local options=$1
    shift
    seconds -XX:+UnlockExperimentalVMOptions -XX:hashCode=3 "-javaagent:$agent=$options,steps=100000000" "$@"
}

hello=io.dettrace.replay.programs.PlainIncrement
printf 'a program that does nothing: %ss on the plain JVM, %ss under the agent\n' \
    "$(seconds -cp "$programs" "$hello")" "$(controlled policy=base -cp "$programs" "$hello")"
printf '%-14s %10s %7s %8s %10s %10s %12s %10s\n' kernel events plain alone switching logging 'events/s log' slowdown
for kernel in KernelFields KernelLocks KernelAtomics KernelPool KernelArrays; do
    class=io.dettrace.replay.programs.$kernel
    plain=$(seconds -cp "$programs" "$class")
    cp "$work/out" "$work/expected"
    alone=$(controlled policy=base -cp "$programs" "$class")
    cmp -s "$work/out" "$work/expected" || { echo "kernels.sh: $kernel prints something else under control" >&2; exit 1; }
    off=$(controlled "policy=random:$chance,seed=1" -cp "$programs" "$class")
    on=$(controlled "policy=random:$chance,seed=1,log=$work/log,result=$work/schedule" -cp "$programs" "$class")
    events=$(sed -n 's/^events //p' "$work/schedule")
    # A result that is there, or taken, is never written again: each run needs a fresh name.
    rm -f -- "$work/log" "$work"/schedule*
    printf '%-14s %10d %6ss %7ss %9ss %9ss %12d %9sx\n' "$kernel" "$events" "$plain" "$alone" "$off" "$on" \
        "$(awk -v e="$events" -v s="$on" 'BEGIN {print int(e / s)}')" \
        "$(awk -v p="$plain" -v s="$off" 'BEGIN {printf "%.1f", s / p}')"
done
