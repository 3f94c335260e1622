package io.dettrace.formats.chrome;

import io.dettrace.formats.chrome.RawEvent.Member;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.PathNumbers;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.formats.record.RecordSort;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The raw events in the order of their times. Events of equal time stay in the order of the file, except that among complete
 * events of one thread the longer comes first, since it holds the shorter one and is commonly written behind it.
 */
final class Sorted implements Closeable {
    /** Events of equal time that are looked at together; more are left in the order of the file. */
    static final int MAX_GROUP = 50_000;

    private static final Member[] MEMBERS = Member.values();
    private static final String[] PATHS =
            Arrays.stream(MEMBERS).map(m -> "@" + m.name()).toArray(String[]::new);

    private final RecordSort sort = new RecordSort();
    private RecordReader reader;
    private boolean held;
    private final List<Event> group = new ArrayList<>();
    private int groupSize;
    private int groupNext;
    private int[] rawPaths;
    private int flowInPath;
    private int flowOutPath;
    private int keyPath;
    private int[] memberOfPath = new int[64];
    private static final int FLOW_IN = MEMBERS.length;
    private static final int FLOW_OUT = MEMBERS.length + 1;
    private static final int KEY = MEMBERS.length + 2;
    private static final int FIELD = MEMBERS.length + 3;

    /** A raw event: what it says of itself, and its other fields. */
    static final class Event {
        final EventRecord fields = new EventRecord();
        private final PathNumbers own = new PathNumbers(fields);

        /** Numbers of this event's paths in the reader's record; made by who uses it. */
        PathNumbers outside;

        final String[] member = new String[MEMBERS.length];
        boolean flowIn;
        boolean flowOut;
        long key;
        long duration;

        String get(Member m) {
            return member[m.ordinal()];
        }

        String get(Member m, String otherwise) {
            String value = member[m.ordinal()];
            return value == null ? otherwise : value;
        }

        boolean isComplete() {
            return "X".equals(get(Member.PH));
        }
    }

    /** Adds a raw event whose arguments are in {@code record} already. */
    void add(RawEvent raw, EventRecord record, long key) throws IOException {
        if (rawPaths == null) {
            rawPaths = new int[MEMBERS.length];
            for (int i = 0; i < rawPaths.length; i++) {
                rawPaths[i] = record.path(PATHS[i]);
            }
            flowInPath = record.path("@in");
            flowOutPath = record.path("@out");
            keyPath = record.path("@key");
        }
        for (int i = 0; i < rawPaths.length; i++) {
            if (raw.member[i] != null && MEMBERS[i] != Member.METADATA) {
                record.text(rawPaths[i], raw.member[i]);
            }
        }
        if (raw.flowIn()) {
            record.flag(flowInPath, true);
        }
        if (raw.flowOut()) {
            record.flag(flowOutPath, true);
        }
        record.number(keyPath, key);
        sort.add(record, key);
    }

    /** Goes from adding to handing out. */
    void start() throws IOException {
        reader = sort.sorted();
        held = reader.next();
    }

    /** The next event in order, or null; it means nothing any more after the call after the next. */
    Event next(long unit) throws IOException {
        if (groupNext == groupSize && !loadGroup(unit)) {
            return null;
        }
        return group.get(groupNext++);
    }

    private boolean loadGroup(long unit) throws IOException {
        groupSize = 0;
        groupNext = 0;
        int complete = 0;
        while (held && groupSize < MAX_GROUP) {
            if (groupSize == group.size()) {
                group.add(new Event());
            }
            Event e = group.get(groupSize);
            take(e, unit);
            if (groupSize > 0 && e.key != group.get(0).key) {
                break;
            }
            groupSize++;
            complete += e.isComplete() ? 1 : 0;
            held = reader.next();
        }
        if (complete > 1) {
            longerFirst();
        }
        return groupSize > 0;
    }

    private void take(Event e, long unit) {
        EventRecord from = reader.record();
        e.fields.clear();
        Arrays.fill(e.member, null);
        e.flowIn = false;
        e.flowOut = false;
        for (int i = 0; i < from.size(); i++) {
            int what = what(from, i);
            if (what == FIELD) {
                e.fields.copy(from, i, e.own.of(from, from.path(i)));
            } else if (what == FLOW_IN) {
                e.flowIn = true;
            } else if (what == FLOW_OUT) {
                e.flowOut = true;
            } else if (what == KEY) {
                e.key = Long.parseLong(from.value(i));
            } else {
                e.member[what] = from.value(i);
            }
        }
        String duration = e.get(Member.DUR);
        e.duration = duration == null ? Micros.NONE : Micros.nanos(duration, unit);
        e.fields.at(from.file(), from.line(), from.offset(), from.length());
    }

    /** What the field is: a member by its number, or one of the constants. */
    private int what(EventRecord from, int i) {
        int path = from.path(i);
        if (path >= memberOfPath.length) {
            memberOfPath = Arrays.copyOf(memberOfPath, Math.max(path + 1, 2 * memberOfPath.length));
        }
        if (memberOfPath[path] == 0) {
            memberOfPath[path] = 1 + of(from.pathOf(i));
        }
        return memberOfPath[path] - 1;
    }

    private static int of(String path) {
        if (path.charAt(0) != '@') {
            return FIELD;
        }
        int member = Arrays.asList(PATHS).indexOf(path);
        return member >= 0 ? member : path.equals("@in") ? FLOW_IN : path.equals("@out") ? FLOW_OUT : KEY;
    }

    /** Puts the complete events of each thread, in the places that they have in the group, into order of length. */
    private void longerFirst() {
        Map<String, List<Integer>> places = new HashMap<>();
        for (int i = 0; i < groupSize; i++) {
            Event e = group.get(i);
            if (e.isComplete()) {
                String thread = e.get(Member.PID, "") + "\n" + e.get(Member.TID, "");
                places.computeIfAbsent(thread, t -> new ArrayList<>()).add(i);
            }
        }
        for (List<Integer> of : places.values()) {
            List<Event> events = new ArrayList<>();
            of.forEach(i -> events.add(group.get(i)));
            events.sort(Comparator.comparingLong((Event e) -> e.duration).reversed());
            for (int k = 0; k < events.size(); k++) {
                group.set(of.get(k), events.get(k));
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
        sort.close();
    }
}
