#!/usr/bin/env bash
# identical.sh [MIB] [--dir DIR] [--runs N]
#
# Compares a run of about MIB MiB (default 1024) with a copy of itself: DetTrace beside cmp, medians of N runs
# (default 3).
#
#   --dir DIR  keep the generated files in DIR and use them again; without it they are deleted
#
# Exit status: 0 if DetTrace says that the runs are equivalent, 1 if it does not, 2 if something could not run.
# DETTRACE names another launcher than that of this source tree.

# shellcheck source=benchmarks/peers/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

size=1024
dir=
runs=3
while [ $# -gt 0 ]; do
    case $1 in
        -h | --help) usage; exit 0 ;;
        --dir) dir=${2:?--dir needs a folder}; shift ;;
        --runs) runs=${2:?--runs needs a number}; shift ;;
        [0-9]*) size=$1 ;;
        *) fail "unknown argument $1; see --help" ;;
    esac
    shift
done

work_folder "$dir"
bytes_per_event=75
events=$((size * 1048576 / bytes_per_event))
pair=$work/identical-$events
generate "$events" "$pair"
warm_up
a=$pair/baseline.jsonl
b=$pair/copy.jsonl
rm -f -- "$pair/candidate.jsonl"
cp -- "$a" "$b"

machine
printf '2 x %s events, 2 x %s MiB, identical; medians of %s\n\n' "$events" "$(mib $(($(wc -c < "$a") / 1024)))" "$runs"

# Measures a command $runs times and prints the median of its seconds and the highest peak.
median() {
    local i highest=0 all=
    for i in $(seq "$runs"); do
        measure "$@"
        [ "$status" = 0 ] || wrong "exit status $status in run $i, expected 0 (identical)"
        all="$all$seconds"$'\n'
        if [ "$peak" -gt "$highest" ]; then highest=$peak; fi
    done
    seconds=$(printf '%s' "$all" | sort -n | sed -n "$(((runs + 1) / 2))p")
    peak=$highest
}

median cmp "$a" "$b"
row "cmp" "$seconds" "$peak"
cmp=$seconds
median "$dettrace" compare "$a" "$b" --format json
expect verdict "$(value '^  "verdict"')" '"equivalent"'
bytes=$(value '^  "identical_bytes"')
if [ "$bytes" != null ]; then
    expect identical_bytes "$bytes" "$(wc -c < "$a")"
else
    expect matched "$(value '^    "matched"')" "$events"
fi
row "dettrace compare" "$seconds" "$peak" "equivalent: correct"
printf '\ndettrace takes %s x the time of cmp\n' "$(ratio "$seconds" "$cmp")"
