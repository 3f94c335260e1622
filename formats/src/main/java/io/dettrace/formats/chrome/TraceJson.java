package io.dettrace.formats.chrome;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.dettrace.event.Field;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.normalize.TimeScale;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The events of one run as trace-event JSON. */
final class TraceJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String FLOW = "link";

    private final Mapping mapping;
    private final JsonGenerator json;
    private final boolean chrome;
    private final Set<String> named = new HashSet<>();
    private final Map<String, Integer> processes = new HashMap<>();
    private final Map<String, Integer> threads = new HashMap<>();
    private long last;

    private TraceJson(Mapping mapping, JsonGenerator json) {
        this.mapping = mapping;
        this.json = json;
        chrome = mapping.fields(Role.KIND).contains("ph")
                && mapping.fields(Role.LANE).contains("process");
    }

    /**
     * Writes all events of {@code events} to {@code out}, which stays open.
     *
     * @param mapping what the events' fields mean
     */
    static void write(RecordReader events, Mapping mapping, OutputStream out) throws IOException {
        JsonGenerator json = JSON.createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeStringField("displayTimeUnit", "ns");
        json.writeArrayFieldStart("traceEvents");
        TraceJson writer = new TraceJson(mapping, json);
        while (events.next()) {
            json.writeRaw('\n');
            if (writer.chrome) {
                writer.back(events.record());
            } else {
                writer.any(events.record());
            }
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.close();
    }

    // ---- events that were trace events -----------------------------------------------------------------------------

    private void back(EventRecord e) throws IOException {
        String ph = text(e, "ph");
        String pid = e.value("pid");
        String tid = e.value("tid");
        boolean inThread = !("C".equals(ph) || "bneSTpF".contains(ph) && e.value("id") != null);
        name("process_name", pid, null, text(e, "process"));
        if (inThread) {
            name("thread_name", pid, tid, text(e, "thread"));
        }
        json.writeStartObject();
        boolean flow = ph.length() == 1 && "stf".contains(ph);
        for (int i = 0; i < e.size(); i++) {
            String path = e.pathOf(i);
            switch (path) {
                case "process", "thread", "event", "links", "stack" -> {}
                case "ts_ns" -> {
                    json.writeFieldName("ts");
                    json.writeRawValue(Micros.text(Long.parseLong(e.value(i))));
                }
                default -> {
                    if (!path.startsWith("args.") && !path.startsWith("addr.")) {
                        value(path.startsWith("extra.") ? path.substring(6) : path, e, i);
                    }
                }
            }
        }
        steps(e, flow);
        stack(e);
        json.writeObjectFieldStart("args");
        for (int i = 0; i < e.size(); i++) {
            String path = e.pathOf(i);
            if (path.startsWith("args.") || path.startsWith("addr.")) {
                value(path.substring(5), e, i);
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void steps(EventRecord e, boolean flow) throws IOException {
        String out = e.value("event");
        String in = e.value("links");
        String step = out == null ? in : out;
        if (step == null) {
            return;
        }
        String id = step.substring(0, Math.max(0, step.indexOf('.')));
        if (flow) {
            json.writeStringField("id", id);
        } else {
            json.writeStringField("bind_id", id);
            json.writeBooleanField("flow_in", in != null);
            json.writeBooleanField("flow_out", out != null);
        }
    }

    private void stack(EventRecord e) throws IOException {
        String stack = e.value("stack");
        if (stack != null) {
            json.writeArrayFieldStart("stack");
            for (String frame : stack.split(";", -1)) {
                json.writeString(frame);
            }
            json.writeEndArray();
        }
    }

    private void name(String what, String pid, String tid, String name) throws IOException {
        if (!named.add(what + "\n" + pid + "\n" + tid)) {
            return;
        }
        json.writeStartObject();
        json.writeStringField("ph", "M");
        json.writeStringField("name", what);
        if (pid != null) {
            json.writeStringField("pid", pid);
        }
        if (tid != null) {
            json.writeStringField("tid", tid);
        }
        json.writeObjectFieldStart("args");
        json.writeStringField("name", name);
        json.writeEndObject();
        json.writeEndObject();
    }

    // ---- events of any other format --------------------------------------------------------------------------------

    private void any(EventRecord e) throws IOException {
        List<String> lane = values(e, Role.LANE);
        String process = lane.size() > 1 ? lane.get(0) : "run";
        String thread = lane.isEmpty()
                ? "run"
                : lane.size() == 1 ? lane.get(0) : String.join("/", lane.subList(1, lane.size()));
        int pid = processes.computeIfAbsent(process, p -> processes.size() + 1);
        int tid = threads.computeIfAbsent(process + "\n" + thread, t -> threads.size() + 1);
        name("process_name", Integer.toString(pid), null, process);
        name("thread_name", Integer.toString(pid), Integer.toString(tid), thread);
        last = time(e);
        List<String> kind = values(e, Role.KIND);
        String phase = phase(kind);
        flows(e, Role.LINK, "f", pid, tid);
        head(phase == null ? "i" : phase, phase == null ? String.join(" ", kind) : rest(kind), pid, tid);
        if (phase == null) {
            json.writeStringField("s", "t");
        }
        json.writeObjectFieldStart("args");
        for (int i = 0; i < e.size(); i++) {
            value(e.pathOf(i), e, i);
        }
        json.writeEndObject();
        json.writeEndObject();
        flows(e, Role.EVENT, "s", pid, tid);
    }

    private void head(String phase, String name, int pid, int tid) throws IOException {
        json.writeStartObject();
        json.writeStringField("ph", phase);
        json.writeStringField("name", name);
        json.writeNumberField("pid", pid);
        json.writeNumberField("tid", tid);
        json.writeFieldName("ts");
        json.writeRawValue(Micros.text(last));
    }

    private void flows(EventRecord e, Role role, String phase, int pid, int tid) throws IOException {
        for (int i = 0; i < e.size(); i++) {
            if (!mapping.fields(role).contains(e.pathOf(i)) || e.type(i) == Field.Type.NULL) {
                continue;
            }
            for (String id : e.type(i) == Field.Type.COMPOSITE ? elements(e.value(i)) : List.of(e.value(i))) {
                head(phase, FLOW, pid, tid);
                json.writeStringField("id", id);
                json.writeStringField("cat", FLOW);
                if (phase.equals("f")) {
                    json.writeStringField("bp", "e");
                }
                json.writeEndObject();
            }
        }
    }

    /** The strings and numbers of a JSON array. */
    private static List<String> elements(String array) throws IOException {
        List<String> elements = new ArrayList<>();
        try (var parser = JSON.createParser(array)) {
            for (var t = parser.nextToken(); t != null; t = parser.nextToken()) {
                if (t.isScalarValue()) {
                    elements.add(parser.getText());
                }
            }
        }
        return elements;
    }

    /** B or E if a part of the kind, not the only one, says that something begins or ends. */
    private static String phase(List<String> kind) {
        for (String part : kind.size() > 1 ? kind : List.<String>of()) {
            switch (part) {
                case "B", "begin", "start", "enter", "invoke" -> {
                    return "B";
                }
                case "E", "end", "finish", "exit", "return" -> {
                    return "E";
                }
                default -> {}
            }
        }
        return null;
    }

    private static String rest(List<String> kind) {
        List<String> rest = new ArrayList<>(kind);
        rest.removeIf(part -> phase(List.of(part, "")) != null);
        return String.join(" ", rest);
    }

    private List<String> values(EventRecord e, Role role) {
        List<String> values = new ArrayList<>();
        for (String path : mapping.fields(role)) {
            String value = e.value(path);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** The event's time, or a microsecond behind the last one where it has none. */
    private long time(EventRecord e) {
        for (String path : mapping.fields(Role.TIME)) {
            TimeScale scale = mapping.timeScale().resolve(path);
            for (int i = 0; i < e.size(); i++) {
                if (e.pathOf(i).equals(path)) {
                    byte[] value = e.value(i).getBytes(StandardCharsets.UTF_8);
                    long time = scale.nanos(value, 0, value.length, e.type(i) == Field.Type.NUMBER);
                    if (time != Micros.NONE) {
                        return time;
                    }
                }
            }
        }
        return last + 1_000;
    }

    private static String text(EventRecord e, String path) {
        String value = e.value(path);
        return value == null ? "" : value;
    }

    private void value(String name, EventRecord e, int i) throws IOException {
        json.writeFieldName(name);
        if (e.type(i) == Field.Type.STRING) {
            json.writeString(e.value(i));
        } else {
            json.writeRawValue(e.value(i));
        }
    }
}
