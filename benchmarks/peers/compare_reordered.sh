#!/usr/bin/env bash
# compare_reordered.sh [EVENTS] [--dir DIR] [--limit SECONDS]
#
# Compares a pair of runs of EVENTS events each (default 5000000) in 16 lanes, interleaved anew within 64 events, with
# one wrong value at 98 %: DetTrace on the files as they are, and beside it wc, cmp and GNU diff on the same files.
#
#   --dir DIR        keep the generated files in DIR and use them again; without it they are deleted
#   --limit SECONDS  stop diff after this time (default 300)
#
# Prints seconds and peak memory of each, whole process, and ratios. Exit status: 0 if DetTrace named exactly the wrong
# value, 1 if it did not, 2 if something could not run. DETTRACE names another launcher than that of this source tree.

# shellcheck source=benchmarks/peers/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

events=5000000
dir=
limit=300
while [ $# -gt 0 ]; do
    case $1 in
        -h | --help) usage; exit 0 ;;
        --dir) dir=${2:?--dir needs a folder}; shift ;;
        --limit) limit=${2:?--limit needs seconds}; shift ;;
        [0-9]*) events=$1 ;;
        *) fail "unknown argument $1; see --help" ;;
    esac
    shift
done

work_folder "$dir"
pair=$work/reordered-$events
generate "$events" "$pair"
warm_up
a=$pair/baseline.jsonl
b=$pair/candidate.jsonl

machine
printf '2 x %s events, 2 x %s MiB\n\n' "$events" "$(mib $(($(wc -c < "$a") / 1024)))"

measure wc -l "$a" "$b"
row "wc -l" "$seconds" "$peak"
wc=$seconds

measure cmp "$a" "$b"
row "cmp" "$seconds" "$peak" "stops at the first byte that differs: $(sed 's/.*differ: //' "$work/out")"

cp -- "$a" "$work/same"
measure cmp "$a" "$work/same"
[ "$status" = 0 ] || fail "cmp says that a copy differs"
row "cmp, baseline and a copy" "$seconds" "$peak" "reads everything"
cmp=$seconds
rm -f -- "$work/same"

measure "$dettrace" compare "$a" "$b" --format json
check_truth "$pair"
row "dettrace compare" "$seconds" "$peak" "$truth"
ours=$seconds
memory=$peak

for side in baseline candidate; do
    sed -E 's/"ts":[0-9]+,//' "$pair/$side.jsonl" > "$work/$side.plain"
done
measure timeout "$limit" diff "$work/baseline.plain" "$work/candidate.plain"
case $status in
    1) found="$(wc -l < "$work/out") lines of output" ;;
    124) found="stopped after $limit s without an end" ;;
    *) found="failed with exit status $status: $(head -n 1 "$work/err")" ;;
esac
row "diff, times removed beforehand" "$seconds" "$peak" "$found"
rm -f -- "$work/baseline.plain" "$work/candidate.plain" "$work/out"

printf '\ndettrace takes %s x the time of diff%s and %s x its memory, %s x cmp of identical files, %s x wc -l\n' \
    "$(ratio "$ours" "$seconds")" "$([ "$status" = 124 ] && printf ' (which was stopped)')" \
    "$(ratio "$memory" "$peak")" "$(ratio "$ours" "$cmp")" "$(ratio "$ours" "$wc")"
printf '%s million events a second, both runs counted\n' \
    "$(awk -v n="$events" -v s="$ours" 'BEGIN { printf "%.2f", 2 * n / s / 1e6 }')"
