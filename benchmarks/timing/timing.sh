#!/usr/bin/env bash
# timing.sh [--dir DIR] [EVENTS...]
#
# Compares two equivalent runs of EVENTS (default 1000000 and 10000000) events each with --timing and without, and prints
# elapsed and processor time of both and the ratios. The runs have 16 lanes and times that are the same but for one lane that
# is 5 ms late from one event on at half of the run; with --timing that must be the one late root. Takes 0.2 GB of disk for
# a million events.
#
#   --dir DIR  keep the generated files in DIR and use them again
#
# Exit status: 0 if every answer was right, 1 if one was not, 2 if something could not run.
# DETTRACE names another launcher than that of this source tree.

# shellcheck source=benchmarks/peers/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../peers/common.sh"

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
[ ${#sizes[@]} -gt 0 ] || sizes=(1000000 10000000)

# Compares as the further arguments say, twice; sets the lesser elapsed and processor seconds.
compare() {
    local status real user system
    elapsed=
    processor=
    TIMEFORMAT='%R %U %S'
    for _ in 1 2; do
        status=0
        { time "$dettrace" compare "$@" > "$work/out" 2> "$work/err" || status=$?; } 2> "$work/time"
        if [ "$status" -ne 0 ]; then
            say "status $status instead of 0 of: compare $*"
            cat "$work/out" "$work/err" >&2
            exit 1
        fi
        read -r real user system < "$work/time"
        elapsed=$(awk "BEGIN { e = ${elapsed:-1e9}; print $real < e ? $real : e }")
        processor=$(awk "BEGIN { p = $user + $system; l = ${processor:-1e9}; print p < l ? p : l }")
    done
}

report() {
    printf '%-28s %9.2f %7.2f %11.2f %7.2f\n' "$1" "$elapsed" "$(awk "BEGIN { print $elapsed / $first }")" \
        "$processor" "$(awk "BEGIN { print $processor / $firstProcessor }")"
}

work_folder "$dir"
warm_up
fields=(--lane lane --kind event --key event,value --time time_ns --message msg)
for events in "${sizes[@]}"; do
    runs=$work/timed-$events
    if [ ! -f "$runs/bad.jsonl" ]; then
        say "generating 2 x $events events in $runs"
        "$(jdk_home)/bin/java" "$root/benchmarks/timing/GenerateTimedRuns.java" "$events" "$runs"
    fi
    printf '%-28s %9s %7s %11s %7s\n' "2 x $events events" "seconds" "ratio" "processor s" "ratio"
    compare "$runs/good.jsonl" "$runs/bad.jsonl" "${fields[@]}"
    first=$elapsed
    firstProcessor=$processor
    report "events alone"
    compare "$runs/good.jsonl" "$runs/bad.jsonl" "${fields[@]}" --timing
    report "with --timing"
    grep -q 'TIMING: OFF TIME  1 late root' "$work/out" && grep -q 'late by 5 ms: worker-7: done' "$work/out" || {
        say "the late event is not the only root:"
        cat "$work/out" >&2
        exit 1
    }
done
