#!/bin/sh
# Reads CTF traces with dettrace and with babeltrace2: checks that both see the same events, then measures both.

set -eu
cd -- "$(dirname -- "$0")/../.."

usage() {
    cat <<'EOF'
usage: benchmarks/formats/ctf.sh [MEGABYTES [TRACE...]]

Writes a trace of MEGABYTES (default: 200), prints the throughput of dettrace and of babeltrace2 and their ratio, and
reads 1.7 GB with a heap of 256 MB. Each TRACE, a folder, is compared event by event as well, and with the trace that
babeltrace2 writes of it.
Needs babeltrace2 and python3-bt2 (Debian), GNU time, and the packaged command line (cli/target/dettrace.jar).
EOF
}

case ${1:-} in
    -h | --help) usage; exit 0 ;;
    *[!0-9]*) usage >&2; exit 2 ;;
esac
megabytes=${1:-200}
[ $# -eq 0 ] || shift
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
jar=cli/target/dettrace.jar
python=/usr/bin/python3

compare() {
    $python benchmarks/formats/ctf_events.py "$1" >"$work/theirs"
    java -cp $jar benchmarks/formats/CtfEvents.java "$1" >"$work/ours"
    $python benchmarks/formats/ctf_compare.py "$work/ours" "$work/theirs"
    rm -rf "$work/back"
    babeltrace2 "$1" -c sink.ctf.fs -p "path=\"$work/back\"" >"$work/log"
    ./dettrace compare "$1" "$work/back" >"$work/log" || { cat "$work/log"; exit 1; }
    echo "    and as babeltrace2 writes it again: $(head -n 1 "$work/log")"
}

java benchmarks/formats/CtfGenerator.java "$work/small" 10
for trace in "$work/small" "$@"; do
    printf '%s: ' "$trace"
    compare "$trace"
done

java benchmarks/formats/CtfGenerator.java "$work/trace" "$megabytes"
bytes=$(cat "$work"/trace/channel_* | wc -c)
cat "$work"/trace/channel_* >/dev/null
java -cp $jar benchmarks/formats/CtfEvents.java "$work/trace" count | tee "$work/ours"
start=$(date +%s%N)
babeltrace2 "$work/trace" -o dummy
end=$(date +%s%N)
counted=$(babeltrace2 "$work/trace" -c sink.utils.counter -p hide-zero=true | awk '$2 == "Event" {n = $1} END {print n}')
echo "babeltrace2 (sink.utils.dummy): $counted events," \
    "$(echo "$bytes $start $end" | awk '{printf "%.1f", $1 / 1e6 / (($3 - $2) / 1e9)}') MB/s"
ours=$(awk '{print $1}' "$work/ours")
[ "$ours" = "$(echo "$counted" | tr -d ,)" ] || { echo "ctf.sh: counts differ" >&2; exit 1; }
echo "$bytes $start $end $(awk '{print $3}' "$work/ours")" \
    | awk '{printf "dettrace / babeltrace2: %.2f\n", $4 / ($1 / 1e6 / (($3 - $2) / 1e9))}'

rm -r "$work/trace"
java benchmarks/formats/CtfGenerator.java "$work/trace" 1700
/usr/bin/time -f 'dettrace -Xmx256m on 1.7 GB: %M KB resident at most, %e s' \
    java -Xmx256m -cp $jar benchmarks/formats/CtfEvents.java "$work/trace" count
