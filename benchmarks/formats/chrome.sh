#!/bin/sh
# Reads a large trace-event file with `dettrace inspect` and with Python's json, and checks that both see the same events.

set -u
root=$(cd -- "$(dirname -- "$0")/../.." && pwd) || exit 2

case ${1:-} in
    -h | --help)
        echo "usage: benchmarks/formats/chrome.sh [MEGABYTES]"
        echo
        echo "Makes a trace of about MEGABYTES (default 100), unsorted, with slices, flows, counters and operations."
        echo "Prints MB/s of both and the ratio. DetTrace has a heap of 256 MB. Above 500 MB Python only counts, line by line,"
        echo "as json would need some 20 GB. Status: 0 both agree, 1 they do not, 2 trouble. Needs python3."
        exit 0
        ;;
    *[!0-9]*) "$0" --help >&2; exit 2 ;;
esac
megabytes=${1:-100}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

python3 - "$megabytes" "$work/trace.json" <<'EOF' || exit 2
import sys
size, out = int(sys.argv[1]) * 10**6, open(sys.argv[2], "w")
out.write('{"displayTimeUnit":"ns","traceEvents":[\n')
written = t = n = 0
for tid in range(8):
    out.write('{"ph":"M","name":"thread_name","pid":1,"tid":%d,"args":{"name":"worker %d"}},\n' % (100 + tid, tid))
while written < size:
    n += 1
    tid, at = 100 + n % 8, n * 10 - 37 * (n % 8)
    lines = ('{"ph":"X","cat":"app","name":"handle%d","pid":1,"tid":%d,"ts":%d.%03d,"dur":5.5,"args":{"path":"/item/%d","size":%d}},\n' % (n % 20, tid, at, n % 1000, n % 50, n % 9)
        + '{"ph":"s","cat":"q","name":"job","id":%d,"pid":1,"tid":%d,"ts":%d},\n' % (n, tid, at + 1)
        + '{"ph":"f","cat":"q","name":"job","id":%d,"pid":1,"tid":%d,"ts":%d,"bp":"e"},\n' % (n, 100 + (n + 3) % 8, at + 7)
        + '{"ph":"B","name":"parse","pid":1,"tid":%d,"ts":%d},\n{"ph":"E","pid":1,"tid":%d,"ts":%d},\n' % (tid, at + 2, tid, at + 3)
        + '{"ph":"C","name":"queue","pid":1,"tid":%d,"ts":%d,"args":{"length":%d}},\n' % (tid, at, n % 17))
    out.write(lines)
    written += len(lines)
out.write('{"ph":"i","name":"done","pid":1,"tid":100,"ts":%d,"s":"t"}\n]}\n' % (n * 10 + 99))
EOF

bytes=$(wc -c <"$work/trace.json")
started=$(date +%s%N)
JAVA_TOOL_OPTIONS=-Xmx256m "${DETTRACE:-$root/dettrace}" inspect --format json "$work/trace.json" \
    >"$work/ours.json" 2>"$work/ours.err" || { cat "$work/ours.err" >&2; exit 2; }
ours=$(($(date +%s%N) - started))
started=$(date +%s%N)
python3 - "$work/trace.json" "$bytes" >"$work/theirs" <<'EOF' || exit 2
import json, sys
if int(sys.argv[2]) > 500 * 10**6:
    print(sum(l.count('"ph":') - l.count('"ph":"M"') + l.count('"ph":"X"') for l in open(sys.argv[1])))
else:
    print(sum(2 if e["ph"] == "X" else e["ph"] != "M" for e in json.load(open(sys.argv[1]))["traceEvents"]))
EOF
theirs=$(($(date +%s%N) - started))
python3 - "$work" "$bytes" "$ours" "$theirs" <<'EOF'
import json, sys
work, size, ours, theirs = sys.argv[1], *map(int, sys.argv[2:])
mine = json.load(open(work + "/ours.json"))[0]["events"]
peer = int(open(work + "/theirs").read())
print(f"{size / 1e6:,.0f} MB, {mine:,} events; Python sees {peer:,}")
print(f"dettrace {size * 1e3 / ours:.1f} MB/s (heap 256 MB), python3 json {size * 1e3 / theirs:.1f} MB/s, ratio {theirs / ours:.2f}")
sys.exit(0 if mine == peer else 1)
EOF
