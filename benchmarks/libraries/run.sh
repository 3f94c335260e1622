#!/usr/bin/env bash
# run.sh [NAME...] [--dir DIR] [--runs N] [--strategy POLICY]
#
# Lets DetTrace find, replay and prove the known concurrency bugs of cases.json, or those named, in old releases of real
# libraries, and checks that the failure is the documented one and that the proof names a line at fault.
#
#   --dir DIR          keep jars, runs and proofs in DIR; without it they are deleted
#   --runs N           most schedules tried for a case (default 500)
#   --strategy POLICY  how they are chosen (default: that of the case, else pct:3)
#
# Exit status: 0 if every case is found, replayed and proved with its line, 1 if one falls short, 2 if something could not
# run. DETTRACE names another launcher than that of this source tree.

# shellcheck source=benchmarks/peers/common.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../peers/common.sh"
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)

dir=
runs=500
strategy=
names=()
while [ $# -gt 0 ]; do
    case $1 in
        -h | --help) usage; exit 0 ;;
        --dir) dir=${2:?--dir needs a folder}; shift ;;
        --runs) runs=${2:?--runs needs a number}; shift ;;
        --strategy) strategy=${2:?--strategy needs a policy}; shift ;;
        -*) fail "unknown argument $1; see --help" ;;
        *) names+=("$1") ;;
    esac
    shift
done

# The text of field $1 in the case of line $2, or the elements of the list in it, one a line. The file has a case a line.
field() { printf '%s\n' "$2" | sed -n 's/.*"'"$1"'": "\([^"]*\)".*/\1/p'; }
list() { printf '%s\n' "$2" | sed -n 's/.*"'"$1"'": \[\([^]]*\)\].*/\1/p' | sed 's/^"//; s/"$//; s/", "/\n/g'; }

# Fetches the jars of the case in line $1 that are not in $work/jars yet, and sets jars to their names.
fetch() {
    local coordinates name
    jars=
    for coordinates in $(list artifacts "$1"); do
        name=$(printf '%s' "$coordinates" | awk -F : '{print $2 "-" $3 ".jar"}')
        if [ ! -f "$work/jars/$name" ]; then
            command -v mvn > /dev/null || fail "needs Maven to fetch $coordinates"
            mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy "-Dartifact=$coordinates" \
                "-DoutputDirectory=$work/jars" >&2 || fail "cannot fetch $coordinates"
        fi
        jars=$jars:$work/jars/$name
    done
}

# Prints the first line at fault of the case in line $1 that file $2 names; nothing if it names none.
named() {
    local entry file from to line
    list culprit "$1" | while read -r entry _; do
        file=${entry%%:*}
        from=${entry#*:}
        to=${from#*-}
        from=${from%-*}
        for ((line = from; line <= to; line++)); do
            if grep -q -F -- "$file:$line)" "$2"; then
                printf '%s:%d' "$file" "$line"
                exit
            fi
        done
    done
}

home=$(jdk_home)
work_folder "$dir"
mkdir -p -- "$work/jars"
warm_up
failed=0
printf '%-12s %-9s %-6s %-7s %-7s %s\n' case found runs replay proof 'line at fault'
while IFS= read -r case; do
    name=$(field name "$case")
    driver=$(field driver "$case")
    if [ ${#names[@]} -gt 0 ] && [[ " ${names[*]} " != *" $name "* ]]; then continue; fi
    fetch "$case"
    mine=$work/$name
    rm -rf -- "$mine"
    mkdir -p -- "$mine/classes"
    "$home/bin/javac" --release 17 -g -nowarn -d "$mine/classes" -cp "${jars#:}" "$here/drivers/$driver.java" 2> "$mine/javac.out" ||
        fail "$driver.java does not compile; see $mine/javac.out"

    policy=${strategy:-$(field strategy "$case")}
    found=no replayed=- proved=- line=- tried=-
    "$dettrace" explore --runs "$runs" --strategy "${policy:-pct:3}" --until-first --out "$mine/explored" -- \
        "$home/bin/java" -cp "$mine/classes$jars" "$driver" > "$mine/explore.out" 2>&1 || true
    run=$mine/explored/fail-1.schedule
    if [ -f "$run" ]; then
        found=other
        outcome=$(sed -n 's/^outcome //p' "$run")
        if [[ $outcome == "$(field failure "$case")"* && $outcome == *"$(field at "$case")"* ]]; then found=yes; fi
        tried=$(sed -n 's/.*"runs" *: *\([0-9]*\).*/\1/p' "$mine/explored/summary.json" | head -n 1)
        "$dettrace" replay "$run" --out "$mine/replayed.jsonl" > "$mine/replay.out" 2>&1 || true
        replayed=no
        if cmp -s -- "${run%.schedule}.jsonl" "$mine/replayed.jsonl"; then replayed=same; fi
        proved=no
        if "$dettrace" prove "$run" --out "$mine/proof" > "$mine/prove.out" 2>&1; then proved=yes; fi
        line=$(named "$case" "$mine/prove.out")
    fi
    printf '%-12s %-9s %-6s %-7s %-7s %s\n' "$name" "$found" "${tried:--}" "$replayed" "$proved" "${line:-none}"
    if [ "$found" != yes ] || [ "$replayed" != same ] || [ "$proved" != yes ] || [ -z "$line" ]; then failed=1; fi
done < <(grep '"driver"' "$here/cases.json")
exit "$failed"
