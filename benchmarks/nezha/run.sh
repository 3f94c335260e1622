#!/bin/sh
# Compares every case of a folder in the format of the Nezha fault cases with its baseline, by way of OTLP, and writes the answers
# file of the dataset's scorer.

set -u
here=$(cd -- "$(dirname -- "$0")" && pwd) || exit 2

case ${1:-} in
    -h | --help)
        echo "usage: benchmarks/nezha/run.sh DATA_DIR ANSWERS_FILE"
        echo
        echo "DATA_DIR holds baseline/DAY and cases/CASE, as convert.sh takes them. Labels are not read, nor the windows 'before'."
        echo "Prints the time a case. Then: python3 DATA_DIR/score.py --labels LABELS --answers ANSWERS_FILE"
        echo "Status: 0 done, 2 trouble. Needs a JDK and Maven."
        exit 0
        ;;
esac
[ $# -eq 2 ] && [ -d "$1/baseline" ] && [ -d "$1/cases" ] || { "$0" --help >&2; exit 2; }
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
mvn -B -q -Denforcer.skip=true -f "$here/../../pom.xml" -pl core,formats,incident -am compile dependency:build-classpath \
    -Dspotless.check.skip -Dmdep.includeScope=test -Dmdep.outputFile="$work/classpath" >"$work/mvn.txt" 2>&1 ||
    { cat "$work/mvn.txt" >&2; exit 2; }
path=$here/../../formats/target/classes:$here/../../incident/target/classes:$(cat "$work/classpath")
"$here/convert.sh" "$1" "$work/otlp" >"$work/convert.txt" || { cat "$work/convert.txt" >&2; exit 2; }
javac -d "$work/classes" -cp "$path" "$here/NezhaAnswers.java" || exit 2
java -Xmx2g -cp "$work/classes:$path" NezhaAnswers "$1" "$work/otlp" "$2" || exit 2
