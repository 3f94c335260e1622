package io.dettrace.normalize;

import io.dettrace.event.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the samples of two runs say about a field once the lanes are known: the k-th event of a lane against the k-th. */
final class SampleEvidence {
    private static final int MIN_PAIRS = 8;
    private static final int MIN_HANDED = 3;

    private final List<List<Field>> baseline;
    private final List<List<Field>> candidate;

    SampleEvidence(List<List<Field>> baseline, List<List<Field>> candidate) {
        this.baseline = baseline;
        this.candidate = candidate;
    }

    /** True if nearly all values of {@code cause} are values of {@code event} in the same run. */
    static boolean refersTo(FieldStats cause, FieldStats event) {
        int real = 0;
        int found = 0;
        for (int run = 0; run < 2; run++) {
            for (String v : cause.values.get(run)) {
                for (String id :
                        v.startsWith("[") ? v.substring(1, v.length() - 1).split(",") : new String[] {v}) {
                    String plain = id.strip().replace("\"", "");
                    if (!plain.isEmpty()) {
                        real++;
                        found += event.values.get(run).contains(plain) ? 1 : 0;
                    }
                }
            }
        }
        return real > 0 && found >= 0.8 * real;
    }

    /**
     * True if nearly each value stands on two lanes or more, first on an event that says it sends, then only on events that
     * say they receive.
     */
    boolean namesMessages(String path, List<String> lane, String kind) {
        return namesMessages(baseline, path, lane, kind) && namesMessages(candidate, path, lane, kind);
    }

    private static boolean namesMessages(List<List<Field>> sample, String path, List<String> lane, String kind) {
        Map<String, String> sender = new HashMap<>();
        int received = 0;
        int wrong = 0;
        for (List<Field> record : sample) {
            String message = text(record, path);
            if (message == null || message.isEmpty()) {
                continue;
            }
            String home = LaneInference.lane(record, lane);
            String from = sender.putIfAbsent(message, home);
            String what = text(record, kind);
            if (from == null) {
                wrong += what != null && FieldNames.saysSend(what) ? 0 : 1;
            } else {
                received++;
                wrong += what != null && FieldNames.saysReceive(what) && !home.equals(from) ? 0 : 1;
            }
        }
        return received >= 3 && wrong <= (sender.size() + received) / 20;
    }

    private static String text(List<Field> record, String path) {
        return record.stream()
                .filter(f -> f.path().equals(path) && f.type() != Field.Type.NULL)
                .map(Field::text)
                .findFirst()
                .orElse(null);
    }

    /**
     * True if in both runs values go from lane to lane, and the kinds of event that use a value first are never those that use
     * it later in another lane, so that the first use is what the others depend on.
     */
    boolean isHandedOver(String path, List<String> lane, String kind) {
        return isHandedOver(baseline, path, lane, kind) && isHandedOver(candidate, path, lane, kind);
    }

    private static boolean isHandedOver(List<List<Field>> sample, String path, List<String> lane, String kind) {
        Map<String, String> firstLane = new HashMap<>();
        Map<String, String> firstKind = new HashMap<>();
        Set<String> giving = new HashSet<>();
        Set<String> taking = new HashSet<>();
        int handed = 0;
        for (List<Field> record : sample) {
            String value = text(record, path);
            if (value == null || value.isEmpty()) {
                continue;
            }
            String home = LaneInference.lane(record, lane);
            String what = String.valueOf(text(record, kind));
            String from = firstLane.putIfAbsent(value, home);
            if (from == null) {
                firstKind.put(value, what);
            } else if (!from.equals(home)) {
                handed++;
                giving.add(firstKind.get(value));
                taking.add(what);
            }
        }
        giving.retainAll(taking);
        return handed >= MIN_HANDED && giving.isEmpty();
    }

    /** Share of the paired events in which the field differs, in per cent; 0 with too few pairs to tell. */
    int percentDiffering(String path, List<String> key) {
        Map<String, List<String>> expected = valuesByLane(baseline, path, key);
        Map<String, List<String>> actual = valuesByLane(candidate, path, key);
        int pairs = 0;
        int differ = 0;
        for (Map.Entry<String, List<String>> lane : expected.entrySet()) {
            List<String> b = actual.getOrDefault(lane.getKey(), List.of());
            for (int i = 0; i < Math.min(lane.getValue().size(), b.size()); i++) {
                pairs++;
                differ += lane.getValue().get(i).equals(b.get(i)) ? 0 : 1;
            }
        }
        return pairs < MIN_PAIRS ? 0 : (int) (100L * differ / pairs);
    }

    /** True if the runs rename the field's values one to one, in nearly all paired events. */
    boolean isRenaming(String path, List<String> key) {
        Map<String, List<String>> expected = valuesByLane(baseline, path, key);
        Map<String, List<String>> actual = valuesByLane(candidate, path, key);
        Map<String, String> forth = new HashMap<>();
        Map<String, String> back = new HashMap<>();
        int pairs = 0;
        int same = 0;
        int wrong = 0;
        for (Map.Entry<String, List<String>> lane : expected.entrySet()) {
            List<String> b = actual.getOrDefault(lane.getKey(), List.of());
            for (int i = 0; i < Math.min(lane.getValue().size(), b.size()); i++) {
                String x = lane.getValue().get(i);
                String y = b.get(i);
                pairs++;
                same += x.equals(y) ? 1 : 0;
                boolean fits = y.equals(forth.getOrDefault(x, y)) && x.equals(back.getOrDefault(y, x));
                wrong += fits ? 0 : 1;
                forth.putIfAbsent(x, y);
                back.putIfAbsent(y, x);
            }
        }
        return pairs >= 6 && same < pairs / 2 && wrong <= pairs / 20 && forth.size() >= 3;
    }

    private static Map<String, List<String>> valuesByLane(List<List<Field>> sample, String path, List<String> key) {
        Map<String, List<String>> lanes = new LinkedHashMap<>();
        for (List<Field> record : sample) {
            record.stream()
                    .filter(f -> f.path().equals(path))
                    .findFirst()
                    .ifPresent(f -> lanes.computeIfAbsent(LaneInference.lane(record, key), l -> new ArrayList<>())
                            .add(f.text()));
        }
        return lanes;
    }

    /** True if the first value that is not empty is the same in both runs. */
    boolean firstValuesAgree(String path) {
        String first = firstValue(baseline, path);
        return first != null && first.equals(firstValue(candidate, path));
    }

    private static String firstValue(List<List<Field>> sample, String path) {
        return sample.stream()
                .map(r -> text(r, path))
                .filter(v -> v != null && !v.isEmpty())
                .findFirst()
                .orElse(null);
    }

    /** True if the field rises with every event of its lane in both runs. */
    boolean countsLanes(String path, List<String> key) {
        return countsLane(baseline, path, key) && countsLane(candidate, path, key);
    }

    private static boolean countsLane(List<List<Field>> sample, String path, List<String> key) {
        for (List<String> values : valuesByLane(sample, path, key).values()) {
            Set<String> seen = new HashSet<>();
            double last = Double.NEGATIVE_INFINITY;
            for (String v : values) {
                double now = Double.parseDouble(v);
                if (now <= last || !seen.add(v)) {
                    return false;
                }
                last = now;
            }
        }
        return true;
    }
}
