package io.dettrace.formats.jfr;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordSort;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import jdk.jfr.EventType;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordedThreadGroup;
import jdk.jfr.consumer.RecordingFile;

/** Reads a recording with the JDK's parser and puts the selected events into a sort by the time at which they begin. */
final class RecordingReader {
    /** Bytes that events may take for each byte of the file: a text that is stored once may be the value of every event. */
    static final int MAX_EXPANSION = 200;

    private static final long EXPANSION_FREE = 256L << 20;

    private static final Pattern JVMS_NAMES = Pattern.compile("JFR .*|Attach Listener|DestroyJavaVM|Common-Cleaner"
            + "|process reaper.*|RMI .*|Notification Thread|Reference Handler|Finalizer|Signal Dispatcher");

    private static final String JVM_THREADS = "threads of the JVM itself";

    private final InputFile file;
    private final int number;
    private final Recording recording;
    private final ReadContext context;
    private final Selection selection;
    private final EventRecord record = new EventRecord();
    private final ValueWriter values = new ValueWriter(record);
    private final Map<Long, TypePlan> plans = new HashMap<>();
    private final Map<String, Long> left = new TreeMap<>();
    private final Map<Long, String> thresholds = new TreeMap<>();
    private final Map<Long, String> kept = new TreeMap<>();
    private long events;
    private long bytes;

    RecordingReader(InputFile file, int number, Recording recording, ReadContext context, Selection selection) {
        this.file = file;
        this.number = number;
        this.recording = recording;
        this.context = context;
        this.selection = selection;
    }

    /** Reads everything; returns how many events were selected. */
    long into(RecordSort sort) throws IOException {
        long selected = 0;
        try (RecordingFile in = new RecordingFile(recording.path());
                Positions positions = new Positions(recording.path(), recording.chunks())) {
            while (in.hasMoreEvents()) {
                RecordedEvent event = in.readEvent();
                if (!positions.next(event.getEventType().getId())) {
                    throw new IOException("the parser finds more events than there are");
                }
                events++;
                if (take(event, positions, sort)) {
                    selected++;
                }
            }
        } catch (InputException e) {
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            damaged(e);
        }
        return selected;
    }

    /**
     * The parser throws whatever comes, errors of the JVM among them: an array as large as a damaged number says, or what
     * it calls an internal error.
     */
    private void damaged(Throwable e) throws InputException {
        String what = "the JDK's parser gives up behind " + events + " events ("
                + e.getClass().getSimpleName()
                + (e.getMessage() == null
                        ? ""
                        : ": " + e.getMessage().lines().findFirst().orElse(""))
                + "); is the recording damaged?";
        if (!context.lenient()) {
            throw new InputException(file.name() + ": " + what);
        }
        context.note("broken_recording", what + " What stands behind them was left out", file.name() + ":" + events);
    }

    private boolean take(RecordedEvent event, Positions at, RecordSort sort) throws IOException {
        EventType type = event.getEventType();
        String name = type.getName();
        if (name.equals("jdk.ActiveSetting")) {
            setting(event);
        }
        RecordedThread thread = event.hasField("eventThread") ? event.getThread("eventThread") : null;
        if (!selection.isNamed(name)) {
            if (!selection.isProgram(name)) {
                left.merge(name, 1L, Long::sum);
                return false;
            }
            if (!Selection.isCustom(name) && isJvms(thread)) {
                left.merge(JVM_THREADS, 1L, Long::sum);
                return false;
            }
        }
        kept.putIfAbsent(type.getId(), name);
        long start = nanos(
                event.getStartTime().getEpochSecond(), event.getStartTime().getNano());
        write(event, name, thread, start);
        record.at(number, events, at.offset(), at.length());
        bytes += record.size() == 0 ? 0 : record.end(record.size() - 1);
        if (bytes > EXPANSION_FREE && bytes / MAX_EXPANSION > at.offset() + at.length()) {
            throw new InputException(
                    file.name() + ": the events up to byte " + at.offset() + " take " + bytes + " bytes, more than "
                            + MAX_EXPANSION + " times what is read; the recording is damaged or crafted");
        }
        sort.add(record, start);
        return true;
    }

    private void write(RecordedEvent event, String name, RecordedThread thread, long start) {
        record.clear();
        record.text("eventType", name);
        record.number("startTime_ns", start);
        record.text(ThreadLanes.NAME, thread == null ? laneWithout(name) : ValueWriter.threadName(thread));
        record.number(ThreadLanes.ID, thread == null ? 0 : identity(thread));
        TypePlan plan = plans.computeIfAbsent(event.getEventType().getId(), id -> new TypePlan(event.getEventType()));
        for (TypePlan.FieldPlan field : plan.fields()) {
            Object value = event.getValue(field.name());
            values.write(field.path(), value, 1);
            if (field.name().equals("previousOwner") && value instanceof RecordedThread owner) {
                record.number(ThreadLanes.OWNER, identity(owner));
            }
        }
        RecordedStackTrace stack = plan.hasStack() ? event.getStackTrace() : null;
        String top = stack == null ? "" : ValueWriter.top(stack);
        if (!top.isEmpty()) {
            record.text("at", top);
        }
    }

    private static String laneWithout(String type) {
        return type.startsWith("jdk.GC") || type.contains("GarbageCollection") ? "gc" : "jvm";
    }

    private static long identity(RecordedThread thread) {
        return thread.getJavaThreadId() > 0 ? thread.getJavaThreadId() : -Math.abs(thread.getOSThreadId()) - 1;
    }

    private static boolean isJvms(RecordedThread thread) {
        if (thread == null || thread.getJavaName() == null && thread.getJavaThreadId() <= 0) {
            return true;
        }
        RecordedThreadGroup group = thread.getThreadGroup();
        String name = group == null ? null : group.getName();
        return JVMS_NAMES.matcher(String.valueOf(thread.getJavaName())).matches()
                || "system".equals(name)
                || "InnocuousThreadGroup".equals(name);
    }

    static long nanos(long seconds, int nano) {
        long limit = Long.MAX_VALUE / 1_000_000_000L - 1;
        return Math.max(-limit, Math.min(limit, seconds)) * 1_000_000_000L + nano;
    }

    private void setting(RecordedEvent event) {
        boolean threshold = event.hasField("id")
                && event.hasField("name")
                && event.hasField("value")
                && "threshold".equals(event.getValue("name"));
        if (threshold && event.getValue("id") instanceof Long id && event.getValue("value") instanceof String value) {
            if (value.startsWith("0 ")) {
                thresholds.remove(id);
            } else {
                thresholds.put(id, value);
            }
        }
    }

    /** Notes what was left out, and what is there by chance. */
    void notes() {
        if (!left.isEmpty()) {
            long sum = left.values().stream().mapToLong(Long::longValue).sum();
            StringBuilder most = new StringBuilder();
            left.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(5)
                    .forEach(e -> most.append(most.length() == 0 ? "" : ", ")
                            .append(e.getValue())
                            .append(e.getKey().equals(JVM_THREADS) ? " of " : " ")
                            .append(e.getKey()));
            context.note(
                    "left_out",
                    sum + " events that are no step of the program were left out (" + most
                            + (left.size() > 5 ? ", …" : "") + "); --with events=all reads them",
                    file.name() + ":1");
        }
        StringBuilder sampled = new StringBuilder();
        kept.forEach((id, name) -> {
            if (thresholds.containsKey(id)) {
                sampled.append(sampled.length() == 0 ? "" : ", ")
                        .append(name)
                        .append(" (")
                        .append(thresholds.get(id))
                        .append(')');
            }
        });
        if (sampled.length() > 0) {
            context.note(
                    "threshold",
                    "recorded only if they took longer than a threshold, so that which of them are there is a matter of"
                            + " timing: " + sampled + "; set the threshold to 0 ms to compare them",
                    file.name() + ":1");
        }
    }

    /** What was left out, for a message: the most frequent types. */
    String leftOut() {
        return left.isEmpty()
                ? "no event at all"
                : String.join(", ", left.keySet().stream().limit(5).toList());
    }
}
