#!/usr/bin/env bash
# cold_start.sh [RUNS]
#
# How long a short command takes from the shell: medians of RUNS runs (default 21) of a bare JVM and of DetTrace, taken
# in turns.
#
# Exit status: 0 if the results are right, 1 if not, 2 if something could not run. DETTRACE names another launcher than
# that of this source tree.

# shellcheck source=benchmarks/peers/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/common.sh"

runs=21
case ${1:-} in
    -h | --help) usage; exit 0 ;;
    [0-9]*) runs=$1 ;;
    '') ;;
    *) fail "unknown argument $1; see --help" ;;
esac

work_folder ""
warm_up
java=$(jdk_home)/bin/java
jar=${dettrace%/*}/cli/target/dettrace.jar
printf 'public class Hello { public static void main(String[] a) { System.out.println("hello"); } }\n' > "$work/Hello.java"
"${java}c" -d "$work" "$work/Hello.java"
for i in 0 1 2 3 4 5 6 7 8 9; do
    printf '{"seq":%d,"component":"pump","action":"step%d","timestamp_ms":%d}\n' "$i" "$i" $((100 + 10 * i)) >> "$work/a.jsonl"
done
sed 's/step7/stop/' "$work/a.jsonl" > "$work/b.jsonl"

names=("java -version" "java, hello world" "dettrace --version" "dettrace compare, ten lines" "java -jar dettrace.jar compare, the same")
command_of() {
    case $1 in
        0) "$java" -version ;;
        1) "$java" -Xshare:auto -cp "$work" Hello ;;
        2) "$dettrace" --version ;;
        3) "$dettrace" compare "$work/a.jsonl" "$work/b.jsonl" ;;
        4) "$java" -jar "$jar" compare "$work/a.jsonl" "$work/b.jsonl" ;;
    esac
}
last=3
if [ -f "$jar" ]; then last=4; fi

for n in $(seq "$runs"); do
    for i in $(seq 0 "$last"); do
        begin=$(date +%s%N)
        status=0
        command_of "$i" > "$work/out" 2> "$work/err" || status=$?
        end=$(date +%s%N)
        case $i in
            3 | 4)
                [ "$status" = 1 ] && grep -q 'First divergence at event 7' "$work/out" ||
                    wrong "${names[i]}: exit status $status, expected 1 and the divergence at event 7"
                ;;
            *) [ "$status" = 0 ] || wrong "${names[i]}: exit status $status, expected 0" ;;
        esac
        printf '%s\n' $(((end - begin) / 10000)) >> "$work/times-$i"
    done
done

machine
printf 'medians of %s runs\n\n' "$runs"
for i in $(seq 0 "$last"); do
    median=$(sort -n "$work/times-$i" | sed -n "$(((runs + 1) / 2))p")
    if [ "$i" = 1 ]; then hello=$median; fi
    printf '%-44s %7s ms   %s\n' "${names[i]}" "$(awk -v t="$median" 'BEGIN { printf "%.0f", t / 100 }')" \
        "$([ -n "${hello:-}" ] && printf '%s x hello world' "$(ratio "$median" "$hello")")"
done
