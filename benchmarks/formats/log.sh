#!/bin/sh
# Reads a generated plain text log and a generated history, checks that every line is an event, and prints MB/s and peak memory.
# An independent count of the events is what grep says.
set -eu
cd -- "$(dirname -- "$0")/../.."
megabytes=${1:-200}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

awk -v bytes="$((megabytes * 1000000))" 'BEGIN {
    srand(1)
    for (n = 0; size < bytes; n++) {
        s = int(n / 50)
        line = sprintf("2024-01-01 %02d:%02d:%02d,%03d INFO [worker-%d] org.acme.Store: Stored block blk_%d%09d of size %d from /10.0.0.%d:%d in %d ms",
            s / 3600 % 24, s / 60 % 60, s % 60, n % 50 * 20, n % 8, 1000000 * rand(), n, 4096 * int(9 * rand()), 9 * rand(),
            40000 + 9999 * rand(), 90 * rand())
        print line
        size += length(line) + 1
    }
}' >"$dir/plain.log"
awk -v bytes="$((megabytes * 1000000))" 'BEGIN {
    srand(2)
    for (n = 0; size < bytes; n++) {
        p = int(n / 2) % 10
        line = sprintf("{:process %d, :type :%s, :f :write, :value [[:append %d %d]], :time %d, :index %d}", p, n % 2 ? "ok" : "invoke", n % 7, n, n * 1000, n)
        print line
        size += length(line) + 1
    }
}' >"$dir/history.edn"

for file in plain.log history.edn; do
    expected=$(grep -c . "$dir/$file")
    start=$(date +%s%N)
    JAVA_TOOL_OPTIONS=-Xmx256m ./dettrace inspect "$dir/$file" >"$dir/out" 2>/dev/null
    end=$(date +%s%N)
    found=$(sed -n 's/.*holds *\([0-9,]*\) events.*/\1/p' "$dir/out" | tr -d ,)
    [ "$found" = "$expected" ] || { echo "$file: $found events, but $expected lines" >&2; exit 1; }
    bytes=$(wc -c <"$dir/$file")
    echo "$file: $found events, $((bytes * 1000 / (end - start))) MB/s, heap of 256 MB"
done
