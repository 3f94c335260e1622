#!/usr/bin/env bash
# Cost of one event: the recorder beside a JFR event and Log4j's asynchronous logger, at 1, 2, 8 and 64 threads, with the
# bytes allocated for each (JMH, profiler gc). Checks that all of them have written their events.
# Usage: run.sh [JMH OPTIONS...]      (default: -wi 3 -i 5; "-t 1" measures one thread only)
#
# Prints for each number of threads and each benchmark:
#   call ns   time of a call; only with no more threads than cores, as threads that wait for a core would count in it
#   cpu ns    processor time of the calling threads for an event; what others do on the machine counts least in it
#   bytes     allocated for an event
set -euo pipefail
cd "$(dirname "$0")/../.."
mvn -q -pl recorder -am package -DskipTests
cd benchmarks/recorder
mvn -q package
result=$(mktemp)
trap 'rm -f "$result" "$result.log"' EXIT
threads=(1 2 8 64)
for ((i = 1; i <= $#; i++)); do
  if [[ ${!i} == -t ]]; then
    next=$((i + 1))
    threads=("${!next}")
    set -- "${@:1:i-1}" "${@:i+2}"
    break
  fi
done
printf '%7s  %-20s %10s %10s %8s   load\n' threads benchmark 'call ns' 'cpu ns' bytes
for n in "${threads[@]}"; do
  java -cp "target/classes:target/lib/*" org.openjdk.jmh.Main EventCost -t "$n" -prof gc -foe true \
    -rf csv -rff "$result" "$@" > "$result.log" || { tail -30 "$result.log" >&2; exit 1; }
  awk -F, -v cores="$(nproc)" -v load="$(cut -d' ' -f1 /proc/loadavg)" '
    NR > 1 {
      gsub(/"/, "")
      threads = $3
      name = $1
      sub(/.*EventCost\./, "", name)
      what = ""
      if (match(name, /:.*/)) {
        what = substr(name, RSTART + 1)
        name = substr(name, 1, RSTART - 1)
      } else {
        order[++count] = name
      }
      score[name, what] = $5
      if (what ~ /alloc.rate.norm/) bytes[name] = $5
    }
    END {
      for (i = 1; i <= count; i++) {
        name = order[i]
        events = score[name, "cpuEvents"]
        printf "%7d  %-20s %10s %10s %8.1f   %s\n", threads, name, \
            (threads <= cores ? sprintf("%.1f", threads * 1000 / score[name, ""]) : "-"), \
            (events > 0 ? sprintf("%.1f", score[name, "cpuNanos"] / events) : "-"), bytes[name], load
      }
    }' "$result"
done
