#!/bin/sh
# Fuzzes the readers with Jazzer (coverage-guided), one target after the other, and stops at the first finding.
# What is found becomes a seed in formats/src/test/resources/fuzz/TARGET, which every test run repeats.

set -u
cd -- "$(dirname -- "$0")/.." || exit 2

usage() {
    cat <<'EOF'
usage: scripts/fuzz.sh [SECONDS [TARGET...]]

Fuzzes each TARGET for SECONDS (default: 60). Targets, by default all, are the folders of
formats/src/test/resources/fuzz, which hold their seeds.
The growing corpus is kept in formats/target/fuzz/TARGET.
Exit status: 0 nothing found, 1 a finding (its file is named), 2 trouble.
Needs Linux, macOS or Windows on x86-64 or ARM and fetches Jazzer from Maven Central once.
EOF
}

case ${1:-} in
    -h | --help) usage; exit 0 ;;
    *[!0-9]*) usage >&2; exit 2 ;;
esac
seconds=${1:-60}
[ $# -eq 0 ] || shift
# shellcheck disable=SC2046 # names without blanks
[ $# -gt 0 ] || set -- $(ls formats/src/test/resources/fuzz)

# Jazzer looks for injections in web applications as well; to compile a pattern that the user wrote is none.
detectors=com.code_intelligence.jazzer.sanitizers.RegexInjection:com.code_intelligence.jazzer.sanitizers.FilePathTraversal
out=formats/target/fuzz
mvn -B -q -Pfuzz -pl core,formats -Denforcer.skip=true test-compile \
    dependency:build-classpath -Dmdep.outputFile=target/fuzz-classpath.txt || exit 2
libraries=$(cat formats/target/fuzz-classpath.txt) || exit 2
classes=core/target/classes:core/target/test-classes:formats/target/classes:formats/target/test-classes

for target in "$@"; do
    package=io.dettrace.formats.fuzz
    [ "$target" = FastScannerFuzz ] && package=io.dettrace.formats.jsonl
    seeds=formats/src/test/resources/fuzz/$target
    [ -d "$seeds" ] || { echo "fuzz.sh: there is no target $target" >&2; exit 2; }
    mkdir -p "$out/$target"
    echo "fuzz.sh: $target for $seconds s"
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx1g -cp "$classes:$libraries" com.code_intelligence.jazzer.Jazzer \
        --target_class="$package.$target" --instrumentation_includes='io.dettrace.**' --disabled_hooks="$detectors" \
        --reproducer_path="$out" -artifact_prefix="$out/" -max_total_time="$seconds" -timeout=20 -print_final_stats=1 \
        "$out/$target" "$seeds" >"$out/$target.log" 2>&1
    status=$?
    grep -E '^stat::(number_of_executed_units|average_exec)' "$out/$target.log"
    case $status in
        0) ;;
        70 | 71 | 77) # a hang, too much memory, a failed check
            grep -E -A 12 '^== Java Exception|ALARM|Test unit written' "$out/$target.log"
            echo "fuzz.sh: $target found something; all of it is in $out/$target.log" >&2
            exit 1
            ;;
        *)
            tail -n 3 "$out/$target.log" >&2
            exit 2
            ;;
    esac
done
