#!/bin/sh
# Makes OTLP of a folder in the format of the Nezha fault cases: of every day the baseline, of every case the fault.

set -u
here=$(cd -- "$(dirname -- "$0")" && pwd) || exit 2

case ${1:-} in
    -h | --help)
        echo "usage: benchmarks/nezha/convert.sh DATA_DIR OUT_DIR"
        echo
        echo "DATA_DIR holds baseline/DAY and cases/CASE with spans.csv.gz, metrics.csv.gz, logs.csv.gz and meta.json."
        echo "OUT_DIR gets baseline/DAY and cases/CASE with traces.binpb, metrics.binpb and logs.binpb, as the Collector's"
        echo "file exporter writes them. Labels are not read. Needs a JDK and Maven. Status: 0 done, 2 trouble."
        exit 0
        ;;
esac
[ $# -eq 2 ] && [ -d "$1/baseline" ] && [ -d "$1/cases" ] || { "$0" --help >&2; exit 2; }
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
mvn -B -q -Denforcer.skip=true -f "$here/../../pom.xml" -pl core,formats -am compile dependency:build-classpath -Dspotless.check.skip \
    -Dmdep.includeScope=test -Dmdep.outputFile="$work/classpath" >"$work/mvn.txt" 2>&1 || { cat "$work/mvn.txt" >&2; exit 2; }
javac -d "$work/classes" -cp "$(cat "$work/classpath")" "$here/NezhaToOtlp.java" || exit 2
convert() { # WINDOW FROM TO
    java -Xmx512m -cp "$work/classes:$(cat "$work/classpath")" NezhaToOtlp "$1" "$3" "$2"/*/ || exit 2
}
convert baseline "$1/baseline" "$2/baseline"
convert fault "$1/cases" "$2/cases"
