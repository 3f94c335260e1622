#!/bin/sh
# Reads Flight Recorder recordings with `dettrace inspect` and with the JDK's own `jfr`, and checks that both see as many
# events of each type; then the throughput of both side by side.

set -u
here=$(cd -- "$(dirname -- "$0")" && pwd) || exit 2
dettrace=${DETTRACE:-$here/../../dettrace}

case ${1:-} in
    -h | --help)
        echo "usage: benchmarks/formats/jfr.sh [EVENTS [RECORDING...]]"
        echo
        echo "Makes a recording of EVENTS events (default: 1000000) and reads it and each RECORDING."
        echo "DetTrace runs with 256 MB of heap. Status: 0 the same events, 1 not, 2 trouble. Needs a JDK and python3."
        exit 0
        ;;
esac
events=${1:-1000000}
[ $# -eq 0 ] || shift
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
java "$here/MakeRecording.java" "$work/made.jfr" "$events" >/dev/null 2>"$work/java.txt" || { cat "$work/java.txt" >&2; exit 2; }

seconds() { # FILE COMMAND...: runs it with its output to FILE and prints the time it took
    to=$1
    shift
    begin=$(date +%s.%N)
    "$@" >"$to" 2>"$to.err" || { cat "$to.err" >&2; return 1; }
    end=$(date +%s.%N)
    echo "$begin $end" | awk '{ printf "%.2f", $2 - $1 }'
}

status=0
for file in "$work/made.jfr" "$@"; do
    jfr summary "$file" >"$work/summary.txt" || exit 2
    ours=$(DETTRACE_JAVA_OPTS=-Xmx256m seconds "$work/ours.json" "$dettrace" inspect --with events=all --format json "$file") || exit 2
    theirs=$(seconds /dev/null jfr print --json --stack-depth 1 "$file") || exit 2
    python3 - "$work" "$file" "$ours" "$theirs" <<'EOF' || status=1
import json, os, re, sys

work, file, ours, theirs = sys.argv[1:]
run = json.load(open(work + "/ours.json"))[0]
found = {k["name"]: k["events"] for k in run["kinds"]}
expected = {}
for line in open(work + "/summary.txt"):
    m = re.match(r"\s*(\S+)\s+(\d+)\s+\d+\s*$", line)
    if m and int(m[2]) and m[1] not in ("jdk.CheckPoint", "jdk.Metadata"):
        expected[m[1]] = int(m[2])
mb = os.path.getsize(file) / 1e6
verdict = "the same events" if found == expected else "NOT THE SAME EVENTS"
print(f"{os.path.basename(file)}: {sum(expected.values()):,} events of {len(expected)} types, {mb:.1f} MB: {verdict}")
print(f"  dettrace inspect  {float(ours):6.2f} s  {mb / float(ours):6.1f} MB/s  (heap of 256 MB)")
print(f"  jfr print --json  {float(theirs):6.2f} s  {mb / float(theirs):6.1f} MB/s  ratio {float(theirs) / float(ours):.2f}")
if found != expected:
    for name in sorted(set(found) | set(expected)):
        if found.get(name) != expected.get(name):
            print(f"  {name}: {found.get(name)} of {expected.get(name)}")
    sys.exit(1)
EOF
done
exit $status
