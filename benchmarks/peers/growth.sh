#!/usr/bin/env bash
# growth.sh [--dir DIR] [EVENTS...]
#
# Compares reordered pairs of growing size (default 500000 5000000 50000000 events a run) and prints the time for each
# event and the peak memory: time should grow as the events do, memory should not grow. The largest default pair takes
# 9 GB of disk.
#
#   --dir DIR  keep the generated files in DIR and use them again; without it each pair is deleted after its compare
#
# Exit status: 0 if DetTrace named exactly the wrong value each time, 1 if it did not, 2 if something could not run.
# DETTRACE names another launcher than that of this source tree.

# shellcheck source=benchmarks/peers/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

dir=
sizes=()
while [ $# -gt 0 ]; do
    case $1 in
        -h | --help) usage; exit 0 ;;
        --dir) dir=${2:?--dir needs a folder}; shift ;;
        [0-9]*) sizes+=("$1") ;;
        *) fail "unknown argument $1; see --help" ;;
    esac
    shift
done
[ ${#sizes[@]} -gt 0 ] || sizes=(500000 5000000 50000000)

work_folder "$dir"
warm_up
machine
printf '\n%12s %10s %12s %12s %10s %10s\n' "events" "seconds" "ns an event" "peak MiB" "x time" "x memory"
first_seconds=
for events in "${sizes[@]}"; do
    pair=$work/reordered-$events
    generate "$events" "$pair"
    measure "$dettrace" compare "$pair/baseline.jsonl" "$pair/candidate.jsonl" --format json
    check_truth "$pair"
    if [ -z "$first_seconds" ]; then
        first_seconds=$seconds
        first_peak=$peak
    fi
    printf '%12s %10s %12s %12s %10s %10s   %s\n' "2 x $events" "$seconds" \
        "$(awk -v s="$seconds" -v n="$events" 'BEGIN { printf "%.0f", s * 1e9 / (2 * n) }')" "$(mib "$peak")" \
        "$(ratio "$seconds" "$first_seconds")" "$(ratio "$peak" "$first_peak")" "$truth"
    [ -n "$dir" ] || rm -rf -- "$pair"
done
