#!/usr/bin/env bash
# Cost of one event: the recorder beside a JFR event and Log4j's asynchronous logger, at 1, 2, 8 and 64 threads, with the
# bytes allocated for each (JMH, profiler gc). Checks that all of them have written their events.
# Usage: run.sh [JMH OPTIONS...]      (default: -wi 3 -i 5; "-t 1" measures one thread only)
set -euo pipefail
cd "$(dirname "$0")/../.."
mvn -q -pl recorder -am package -DskipTests
cd benchmarks/recorder
mvn -q package
threads=(1 2 8 64)
for option in "$@"; do
  if [[ $option == -t* ]]; then threads=(""); fi
done
for n in "${threads[@]}"; do
  if [[ -n $n ]]; then
    echo "== $n threads"
  fi
  java -cp "target/classes:target/lib/*" org.openjdk.jmh.Main EventCost ${n:+-t "$n"} -prof gc "$@" |
    grep -E '^(Benchmark|EventCost\.[a-zA-Z0-9]+ |EventCost.*gc.alloc.rate.norm)|Exception' || exit 1
done
