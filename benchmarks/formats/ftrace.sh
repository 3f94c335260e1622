#!/bin/sh
# Reads a large ftrace text with `dettrace inspect` and with awk, and checks that both see the same events.

set -u
root=$(cd -- "$(dirname -- "$0")/../.." && pwd) || exit 2

case ${1:-} in
    -h | --help)
        echo "usage: benchmarks/formats/ftrace.sh [MEGABYTES]"
        echo
        echo "Makes a trace of about MEGABYTES (default 100) of scheduling and markers, and counts events with both."
        echo "Prints MB/s of both and the ratio. DetTrace has a heap of 256 MB and takes every field; awk only counts"
        echo "lines. Status: 0 both agree, 1 they do not, 2 trouble. Needs python3 and awk."
        exit 0
        ;;
    *[!0-9]*) "$0" --help >&2; exit 2 ;;
esac
megabytes=${1:-100}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

python3 - "$megabytes" "$work/trace.txt" <<'EOF' || exit 2
import sys
size, out, written, n = int(sys.argv[1]) * 10**6, open(sys.argv[2], "w"), 0, 0
out.write("# tracer: nop\n#\n")
while written < size:
    n += 1
    t, tid, cpu = 100 + n * 0.0001, 1000 + n % 40, n % 4
    lines = ("          <idle>-0     [%03d] d.h2. %.6f: sched_waking: comm=worker/%d pid=%d prio=120 target_cpu=%03d\n" % (cpu, t, n % 40, tid, cpu)
        + "          <idle>-0     [%03d] d..2. %.6f: sched_switch: prev_comm=swapper/%d prev_pid=0 prev_prio=120 prev_state=R ==> next_comm=worker/%d next_pid=%d next_prio=120\n" % (cpu, t + 1e-5, cpu, n % 40, tid)
        + "       worker/%d-%d  [%03d] ..... %.6f: tracing_mark_write: B|%d|job %d\n" % (n % 40, tid, cpu, t + 2e-5, tid, n % 7)
        + "       worker/%d-%d  [%03d] d..2. %.6f: sched_switch: prev_comm=worker/%d prev_pid=%d prev_prio=120 prev_state=S ==> next_comm=swapper/%d next_pid=0 next_prio=120\n" % (n % 40, tid, cpu, t + 3e-5, n % 40, tid, cpu))
    out.write(lines)
    written += len(lines)
EOF

bytes=$(wc -c <"$work/trace.txt")
started=$(date +%s%N)
JAVA_TOOL_OPTIONS=-Xmx256m "${DETTRACE:-$root/dettrace}" inspect --format json "$work/trace.txt" \
    >"$work/ours.json" 2>"$work/ours.err" || { cat "$work/ours.err" >&2; exit 2; }
ours=$(($(date +%s%N) - started))
started=$(date +%s%N)
awk '/^#/ { next } { n++; if ($0 ~ / sched_switch: /) n++ } END { print n }' "$work/trace.txt" >"$work/theirs" || exit 2
theirs=$(($(date +%s%N) - started))
python3 - "$work" "$bytes" "$ours" "$theirs" <<'EOF'
import json, sys
work, size, ours, theirs = sys.argv[1], *map(int, sys.argv[2:])
mine = json.load(open(work + "/ours.json"))[0]["events"]
peer = int(open(work + "/theirs").read())
print(f"{size / 1e6:,.0f} MB, {mine:,} events (a switch is two); awk sees {peer:,}")
print(f"dettrace {size * 1e3 / ours:.1f} MB/s (heap 256 MB), awk {size * 1e3 / theirs:.1f} MB/s, ratio {theirs / ours:.2f}")
sys.exit(0 if mine == peer else 1)
EOF
