#!/usr/bin/env bash
# run.sh [lang3|pool2] [--dir DIR] [--policy POLICY] [--seed N] [--tests PATTERN] [--silence SECONDS]
#
# Runs the whole test suite of a real library twice, on a plain JVM and with every test method a run of its own under
# DetTrace's agent, and compares the outcome of each test: lang3 (Apache Commons Lang, 7,743 tests; the default) or
# pool2 (Apache Commons Pool, 320 tests, most with several threads; ten minutes on the plain JVM).
#
#   --dir DIR          keep jars and results in DIR and use them again; without it they are deleted
#   --policy POLICY    the schedule of each test (default base: a thread runs until it blocks)
#   --seed N           the seed (default 1)
#   --tests PATTERN    only classes whose name matches the regular expression
#   --silence SECONDS  a test without an end for so long is a hang (default 240)
#
# When a JVM ends in the middle of a test, or hangs, that is noted with the stacks of its threads, and the next JVM goes on
# behind that test. Exit status: 0 if every test that passes without the agent passes with it, 1 if not, 2 if something
# could not run. AGENT names another agent than that of this source tree.

# shellcheck source=benchmarks/peers/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../peers/common.sh"
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)

suite=lang3
dir=
policy=base
seed=1
tests=
silence=240
while [ $# -gt 0 ]; do
    case $1 in
        -h | --help) usage; exit 0 ;;
        --dir) dir=${2:?--dir needs a folder}; shift ;;
        --policy) policy=${2:?--policy needs a policy}; shift ;;
        --seed) seed=${2:?--seed needs a number}; shift ;;
        --tests) tests=${2:?--tests needs a pattern}; shift ;;
        --silence) silence=${2:?--silence needs seconds}; shift ;;
        lang3 | pool2) suite=$1 ;;
        *) fail "unknown argument $1; see --help" ;;
    esac
    shift
done

work_folder "$dir"
home=$(jdk_home)
agent=${AGENT:-$root/replay/target/dettrace-agent.jar}
[ -f "$agent" ] || fail "no $agent; build it with: mvn -pl replay -am package"

jars=$work/$suite
if [ ! -d "$jars" ]; then
    command -v mvn > /dev/null || fail "needs Maven to fetch the jars"
    say "fetching the jars"
    mvn -q -B -f "$here/$suite/pom.xml" dependency:copy-dependencies "-DoutputDirectory=$jars.part" >&2
    mv -- "$jars.part" "$jars"
fi
"$home/bin/javac" --release 17 -d "$work/classes" -cp "$jars/*" -proc:none "$here/SuiteRunner.java"

# Both libraries look into the JDK by reflection, which their own builds allow in the same way.
open=()
for package in lang lang.reflect math net text time time.chrono util util.concurrent util.function util.regex util.stream; do
    open+=(--add-opens "java.base/java.$package=ALL-UNNAMED")
done
selected=("$(echo "$jars"/*-tests.jar)")
if [ -n "$tests" ]; then selected+=("$tests"); fi

# Runs the suite until all tests have a line in $1.tsv. The other arguments are flags for the JVM.
run_suite() {
    local name=$1 process status before now last round=0
    shift
    : >> "$name.tsv"
    while :; do
        round=$((round + 1))
        before=$(wc -l < "$name.tsv")
        (cd -- "$work" && exec "$home/bin/java" -XX:+UnlockExperimentalVMOptions -XX:hashCode=3 "$@" "${open[@]}" \
            -cp "$work/classes:$jars/*" SuiteRunner "$name.tsv" "${selected[@]}") > "$name.$round.out" 2>&1 < /dev/null &
        process=$!
        last=$SECONDS
        now=$before
        while kill -0 "$process" 2> /dev/null; do
            sleep 1
            if [ "$(wc -l < "$name.tsv")" != "$now" ]; then
                now=$(wc -l < "$name.tsv")
                last=$SECONDS
            elif [ $((SECONDS - last)) -gt "$silence" ]; then
                # jstack needs a safepoint; a JVM that has none in 20 seconds gets none.
                timeout 20 "$home/bin/jstack" -l "$process" > "$name.$round.stacks" 2>&1 || true
                kill -9 "$process" || true
                printf 'hang\t%s\t%s\n' "$(tail -n 1 "$name.tsv" | cut -f 2)" "$name.$round.stacks" >> "$name.trouble"
                break
            fi
        done
        status=0
        wait "$process" 2> /dev/null || status=$?
        [ "$status" != 0 ] || return 0
        if [ "$status" != 137 ]; then
            printf 'exit %d\t%s\t%s\n' "$status" "$(tail -n 1 "$name.tsv" | cut -f 2)" "$name.$round.out" >> "$name.trouble"
        fi
        if [ "$(wc -l < "$name.tsv")" = "$before" ]; then
            tail -n 20 "$name.$round.out" >&2
            fail "the JVM ends with $status before a test begins; see $name.$round.out"
        fi
        say "exit status $status; going on behind the last test"
    done
}

# Prints the tests with outcome $1 in file $2.
with() { awk -F '\t' -v s="$1" '$1 == s {print $2}' "$2" | sort -u; }

# Results of a part of the suite are kept apart.
part=
if [ -n "$tests" ]; then part=-$(printf '%s' "$tests" | cksum | cut -d ' ' -f 1); fi
plain=$work/$suite-plain$part
if [ ! -e "$plain.done" ]; then
    rm -f -- "$plain".*
    say "on the plain JVM"
    began=$SECONDS
    run_suite "$plain"
    echo "$((SECONDS - began))" > "$plain.done"
fi
controlled=$work/$suite-$policy-$seed$part
rm -f -- "$controlled".*
touch -- "$controlled.trouble"
say "with the agent, policy $policy"
began=$SECONDS
run_suite "$controlled" "-javaagent:$agent=scope=tests,policy=$policy,seed=$seed,result=$controlled.schedule"
seconds=$((SECONDS - began))

with pass "$plain.tsv" > "$plain.pass"
with pass "$controlled.tsv" > "$controlled.pass"
comm -23 "$plain.pass" "$controlled.pass" > "$controlled.lost"
comm -13 "$plain.pass" "$controlled.pass" > "$controlled.won"
hangs=$(grep -c '^hang' "$controlled.trouble" || true)

printf '%-44s %8s %8s\n' "$suite" plain agent
for outcome in pass fail abort skip; do
    printf '%-44s %8d %8d\n' "$outcome" "$(with "$outcome" "$plain.tsv" | wc -l)" "$(with "$outcome" "$controlled.tsv" | wc -l)"
done
printf '%-44s %8d %8d\n' seconds "$(cat "$plain.done")" "$seconds"
printf '%-44s %8s %8d\n' "hangs" "" "$hangs"
printf '%-44s %8s %8d\n' "the JVM ended in the middle of a test" "" "$(($(wc -l < "$controlled.trouble") - hangs))"
printf '%-44s %8s %8d\n' "pass without the agent, not with it" "" "$(wc -l < "$controlled.lost")"
printf '%-44s %8s %8d\n' "pass with the agent, not without it" "" "$(wc -l < "$controlled.won")"
sed 's/^/  trouble: /' "$controlled.trouble"
while IFS= read -r test; do
    printf '  lost: %s\n' "$(awk -F '\t' -v t="$test" '$2 == t {line = $1 "\t" $2 "\t" $3} END {print line == "" ? "not run\t" t : line}' "$controlled.tsv")"
done < <(head -n 50 "$controlled.lost")
grep -h 'dettrace: ' "$controlled".*.out | sort | uniq -c | sort -rn | head -n 20 || true

[ ! -s "$controlled.lost" ] && [ "$hangs" = 0 ]
