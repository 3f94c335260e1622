# shellcheck shell=bash
# What the scripts beside this one share; they source it. Sets `root` (the source tree) and `dettrace` (the launcher).

set -euo pipefail
export LC_ALL=C

peers=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
root=${peers%/benchmarks/peers}
dettrace=${DETTRACE:-$root/dettrace}
script=${0##*/}

say() { printf '%s: %s\n' "$script" "$*" >&2; }
fail() { say "$@"; exit 2; }

# Prints the comment at the top of the calling script.
usage() { sed -n '2,/^$/{/^#!/d;/shellcheck/d;s/^# \{0,1\}//p;}' "$0"; }

# Prints the home folder of a JDK 17 or newer, as the launcher would choose it.
jdk_home() {
    local javac
    if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/javac" ]; then
        printf '%s' "$JAVA_HOME"
    elif javac=$(command -v javac); then
        javac=$(readlink -f -- "$javac")
        printf '%s' "${javac%/bin/javac}"
    else
        fail "needs a JDK 17 or newer (javac); install one or set JAVA_HOME"
    fi
}

# Builds if need be and makes the archive of shared classes, so that neither is measured.
warm_up() { "$dettrace" --version > /dev/null || fail "$dettrace does not run"; }

# Makes or empties the work folder. Arguments: the folder asked for, or "" for a temporary one that is deleted at the end.
work_folder() {
    if [ -n "$1" ]; then
        mkdir -p -- "$1"
        work=$(cd -- "$1" && pwd -P)
    else
        work=$(mktemp -d "${TMPDIR:-/tmp}/dettrace-bench.XXXXXX")
        # shellcheck disable=SC2064 # the folder of now
        trap "rm -rf -- '$work'" EXIT
        trap 'exit 130' INT
        trap 'exit 143' TERM
    fi
}

# Generates a pair of runs of $1 events in folder $2 unless it is there already.
generate() {
    if [ -f "$2/truth.txt" ]; then
        say "using the $1 events in $2"
        return
    fi
    say "generating 2 x $1 events in $2"
    "$(jdk_home)/bin/java" "$peers/GenerateEvents.java" "$1" "$2"
}

# Runs a command and sets seconds (elapsed), peak (resident memory in KiB) and status. Its output goes to $work/out.
# Standard input is the caller's.
measure() {
    local figures=$work/figures
    status=0
    if /usr/bin/time -f '%e %M' true > /dev/null 2>&1; then
        /usr/bin/time -f '%e %M' -o "$figures" -- "$@" > "$work/out" 2> "$work/err" || status=$?
        read -r seconds peak < <(tail -n 1 "$figures")
    else
        measure_by_proc "$@"
    fi
    if grep -q '^dettrace: building' "$work/err"; then fail "sources changed while measuring; run again"; fi
}

# The same without time(1): the highest mark that the process reaches, asked for every 20 ms. A program that ends within
# the first interval has none, and only the command itself is seen, not its children.
measure_by_proc() {
    local begin end pid now
    peak=0
    begin=$(date +%s%N)
    "$@" > "$work/out" 2> "$work/err" &
    pid=$!
    while now=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status" 2> /dev/null) && [ -n "$now" ]; do
        if [ "$now" -gt "$peak" ]; then peak=$now; fi
        sleep 0.02
    done
    wait "$pid" || status=$?
    end=$(date +%s%N)
    seconds=$(awk -v ns=$((end - begin)) 'BEGIN { printf "%.2f", ns / 1e9 }')
}

# Prints a line of a table: name, seconds, peak memory, remark.
row() { printf '%-44s %9s s %9s MiB   %s\n' "$1" "$2" "$(mib "$3")" "${4:-}"; }
mib() { awk -v k="$1" 'BEGIN { printf "%.0f", k / 1024 }'; }

# Prints $1 / $2 with two digits, or "-" if $2 is too small to divide by.
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b < 0.01) print "-"; else printf "%.2f", a / b }'; }

# Checks the report in $work/out (--format json) against the generator's truth in folder $1: exactly one root, a wrong
# value, at the right place of the right lane, and nothing else. Sets truth to a sentence.
check_truth() {
    local lane position
    read -r lane position < "$1/truth.txt"
    [ "$status" = 1 ] || wrong "exit status $status, expected 1; $(head -n 1 "$work/err")"
    expect "number of divergences" "$(grep -c '^      "class" : ' "$work/out")" 1
    expect class "$(value '^      "class"')" '"value"'
    expect lane "$(value '^        "lane"')" "\"$lane\""
    expect lane_position "$(value '^        "lane_position"')" "$position"
    expect "counts.roots" "$(value '^    "roots"')" 1
    expect effect_count "$(value '^  "effect_count"')" 0
    truth="root $lane[$position], class value, and nothing else: correct"
}

# Prints the value of the first line of the report that begins with $1, a key with its indentation.
value() { sed -n "s/$1 : \(.*[^,]\),*\$/\1/p" "$work/out" | head -n 1; }

expect() { [ "$2" = "$3" ] || wrong "$1 is $2, expected $3"; }
wrong() { printf 'WRONG RESULT: %s\n' "$*"; exit 1; }

# Prints what was measured where.
machine() {
    printf '%s, %s processors, %s MiB of memory, Java %s\n' "$(uname -sm)" "$(nproc)" \
        "$(awk '/^MemTotal/ { printf "%.0f", $2 / 1024 }' /proc/meminfo)" \
        "$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$(jdk_home)/release")"
}
