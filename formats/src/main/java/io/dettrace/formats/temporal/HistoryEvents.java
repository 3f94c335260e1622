package io.dettrace.formats.temporal;

import io.dettrace.formats.record.EventRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes records of history events: one spelling for all encodings, payloads decoded, noise left out, and for each task the
 * outside events that the workflow's code hears of in it.
 */
final class HistoryEvents {
    /** Path of the event's own id. */
    static final String ID = "eventId";

    /** Path of the lane. */
    static final String LANE = "lane";

    /** Path of the ids of the outside events that a task tells the code of. */
    static final String DELIVERED = "delivered";

    /** Path of the same events by name, in their order. */
    static final String DELIVERS = "delivers";

    private static final int MAX_DELIVERED = 10_000;
    private static final String OWN_QUEUE = "<own>";

    private final EventRecord record;
    private final Masks masks;
    private final FieldWriter fields;
    private final Entities entities = new Entities();
    private final List<String> deliveredIds = new ArrayList<>();
    private final List<String> deliveredNames = new ArrayList<>();
    private int history;
    private long lastId;
    private Object ownQueue;

    /** An event that cannot be used; the reader adds the place. */
    static final class BadEvent extends Exception {
        private static final long serialVersionUID = 1L;

        BadEvent(String message) {
            super(message, null, false, false);
        }
    }

    HistoryEvents(EventRecord record, boolean exact) {
        this.record = record;
        masks = new Masks(exact);
        fields = new FieldWriter(record, masks);
    }

    /** An event as it was read, with the names of its own fields in one spelling. */
    private static Map<String, Object> camel(Map<?, ?> map) {
        Map<String, Object> camel = new LinkedHashMap<>();
        map.forEach((name, value) -> camel.put(Names.camel((String) name), value));
        return camel;
    }

    /**
     * Fills the record.
     *
     * @param first true if the event is the first of its array, so that a new history may begin with it
     * @return how many of the event's payloads are encrypted
     */
    int fill(Map<String, Object> raw, boolean first) throws BadEvent {
        Map<String, Object> event = camel(raw);
        Map<String, Object> attributes = new LinkedHashMap<>();
        String type = attributes(event, attributes);
        Object idValue = event.containsKey("eventId") ? event.get("eventId") : event.get("id");
        long id = Durations.whole(idValue);
        if (id <= 0) {
            throw new BadEvent("expected an eventId of 1 or more, found " + (idValue == null ? "none" : "another value")
                    + "; is this the history of a workflow?");
        }
        if (type.isEmpty()) {
            throw new BadEvent("event " + id + " has neither an eventType nor attributes that tell it");
        }
        begin(id, first);
        if (entities.isFull()) {
            throw new BadEvent("the history starts more than " + Entities.MAX_ENTITIES
                    + " activities, timers and child workflows, which is the limit");
        }
        Instant time = time(event.containsKey("eventTime") ? event.get("eventTime") : event.get("timestamp"));
        if (time != null) {
            masks.now(time);
        }
        fields.begin();
        String lane = entities.lane(type, id, attributes);
        record.text("eventType", type);
        record.text(LANE, history == 1 ? lane : history + "/" + lane);
        record.text(ID, id(id));
        if (time != null) {
            record.text("eventTime", time.toString());
        }
        deliver(type, lane, id);
        write(type, attributes);
        if (event.get("userMetadata") instanceof Map<?, ?> metadata) {
            metadata.forEach((name, value) -> fields.payloads("userMetadata." + Names.camel((String) name), value, 0));
        }
        return fields.end();
    }

    private void begin(long id, boolean first) {
        if (history == 0 || id <= lastId && (first || id == 1)) {
            history++;
            entities.clear();
            deliveredIds.clear();
            deliveredNames.clear();
            ownQueue = null;
        }
        lastId = id;
    }

    private String id(long id) {
        return history == 1 ? Long.toString(id) : history + ":" + id;
    }

    /** Finds the attributes, wherever they stand, and the type. */
    private static String attributes(Map<String, Object> event, Map<String, Object> attributes) {
        String type = Names.eventType(event.get("eventType"));
        for (Map.Entry<String, Object> e : event.entrySet()) {
            boolean ours = Names.isAttributes(e.getKey()) || e.getKey().equals("attributes");
            if (ours && e.getValue() instanceof Map<?, ?> m && !m.isEmpty()) {
                attributes.putAll(camel(m));
                type = type.isEmpty() ? Names.eventTypeOfAttributes(e.getKey()) : type;
            }
        }
        if (event.containsKey("attributes") && attributes.remove("type") instanceof String s && type.isEmpty()) {
            type = Names.eventTypeOfAttributes(Names.camel(s));
        }
        return type;
    }

    /** The time, as text, as nanoseconds, or as a pair of seconds and nanoseconds; null if there is none. */
    private static Instant time(Object value) {
        try {
            if (value instanceof Map<?, ?> m && m.containsKey("seconds")) {
                return Instant.ofEpochSecond(Durations.whole(m.get("seconds")), Durations.whole(m.get("nanos")));
            }
            if (value instanceof JsonNumber || value instanceof Map) {
                return Instant.ofEpochSecond(0, Durations.whole(value));
            }
            if (value instanceof String s && new JsonNumber(s).isLong()) {
                return Instant.ofEpochSecond(0, Durations.whole(s));
            }
            return value instanceof String s ? OffsetDateTime.parse(s).toInstant() : null;
        } catch (DateTimeException | ArithmeticException noTime) {
            return null;
        }
    }

    private void deliver(String type, String lane, long id) {
        if (Entities.startsTask(type) && !deliveredIds.isEmpty()) {
            record.json(record.path(DELIVERED), "[\"" + String.join("\",\"", deliveredIds) + "\"]");
            record.text(DELIVERS, String.join(", ", deliveredNames));
            deliveredIds.clear();
            deliveredNames.clear();
        } else if (Entities.isDelivered(type, lane) && deliveredIds.size() < MAX_DELIVERED) {
            deliveredIds.add(id(id));
            deliveredNames.add(type + (lane.equals(type) ? "" : " (" + lane + ")"));
        }
    }

    // ---- attributes ------------------------------------------------------------------------------------------------

    private void write(String type, Map<String, Object> attributes) {
        boolean start = type.equals("WorkflowExecutionStarted");
        if (start && attributes.get("taskQueue") instanceof Map<?, ?> queue) {
            ownQueue = queue.get("name");
        }
        boolean task = type.startsWith("WorkflowTask") || type.startsWith("DecisionTask");
        for (Map.Entry<String, Object> e : attributes.entrySet()) {
            String name = e.getKey();
            Object value = e.getValue();
            if (Attributes.isLink(name)) {
                link(name, value);
            } else if (name.equals("taskQueue") || name.equals("taskList")) {
                if (!start && !task) {
                    queue(value);
                }
            } else if (name.equals("workflowExecution")) {
                if (type.endsWith("ExternalWorkflowExecutionInitiated") && value instanceof Map<?, ?> m) {
                    workflowId("workflowExecution.workflowId", camel(m).get("workflowId"));
                }
            } else if (name.equals("workflowId")) {
                if (!start) {
                    workflowId(name, value);
                }
            } else if (name.equals("workflowTaskTimeout") || !(task && Attributes.isDuration(name))) {
                attribute(Attributes.path(name), name, value, 1);
            }
        }
    }

    private void link(String name, Object value) {
        long id = Durations.whole(value);
        if (id > 0) {
            record.text(name, id(id));
        }
    }

    /** A task queue; that the workflow's own is used is what counts, not how it is called here. */
    private void queue(Object value) {
        Object name = value instanceof Map<?, ?> m ? m.get("name") : value;
        if (name instanceof String s && !s.isEmpty()) {
            fields.leaf("taskQueue.name", s.equals(ownQueue) ? OWN_QUEUE : s);
        }
    }

    /** The id of another workflow; the SDKs' default is the run's UUID, with a number behind it. */
    private void workflowId(String path, Object value) {
        if (value instanceof String s && !s.isEmpty()) {
            String masked = masks.mask(s).text();
            fields.leaf(path, masked.startsWith(Masks.UUID + "_") ? Masks.UUID : s);
        }
    }

    private void attribute(String path, String name, Object value, int depth) {
        boolean inFailure = path.startsWith("failure") || path.startsWith("continuedFailure");
        if (Attributes.isNoise(name) || isDefault(value)) {
            return;
        }
        if (Attributes.isPayloads(name)) {
            payloads(path, name, value);
        } else if (Attributes.isKeyedPayloads(name)) {
            keyed(path, value);
        } else if (Attributes.isDuration(name) && Durations.of(value) != null) {
            if (!Durations.of(value).isEmpty()) {
                fields.leaf(path, Durations.of(value));
            }
        } else if (Names.isEnumeration(name) && !(value instanceof Map) && !name.equals("cause")) {
            enumeration(path, Names.enumeration(name, value));
        } else if (name.equals("cause") && !inFailure && !(value instanceof Map)) {
            enumeration(path, Names.enumeration(name, value));
        } else if ((name.equals("activityId") || name.equals("timerId")) && value instanceof String s) {
            if (!new JsonNumber(s).isLong()) {
                fields.leaf(path, s);
            }
        } else if (name.equals("message") && inFailure && value instanceof String s) {
            fields.leaf(path, Masks.failureMessage(s));
        } else {
            nested(path, value, depth, inFailure);
        }
    }

    private void enumeration(String path, Object value) {
        if (!"Unspecified".equals(value)) {
            fields.leaf(path, value);
        }
    }

    private void payloads(String path, String name, Object value) {
        if (name.equals("encodedAttributes") && Payloads.isPayload(value)) {
            Object decoded = Payloads.decode((Map<?, ?>) value);
            if (decoded instanceof Map<?, ?> m) {
                m.remove("stack_trace");
            }
            fields.value(path, decoded, 1);
        } else {
            fields.payloads(path, value, 0);
        }
    }

    private void keyed(String path, Object value) {
        if (!(value instanceof Map<?, ?> outer)) {
            return;
        }
        Object inner = outer.containsKey("fields") ? outer.get("fields") : outer.get("indexedFields");
        inner = inner == null ? outer.get("indexed_fields") : inner;
        if (inner instanceof Map<?, ?> map) {
            map.forEach((key, payload) -> {
                if (!(path.endsWith("eader") && Attributes.isTracing((String) key))) {
                    fields.value(path + "." + masks.mask((String) key).text(), payload, 0);
                }
            });
        }
    }

    private void nested(String path, Object value, int depth, boolean inFailure) {
        if (value instanceof Map<?, ?> m) {
            if (m.containsKey("low") && m.containsKey("high")) {
                fields.leaf(path, new JsonNumber(Long.toString(Durations.whole(m))));
                return;
            }
            for (Map.Entry<?, ?> e : m.entrySet()) {
                String name = Names.camel((String) e.getKey());
                boolean ofFailure = inFailure
                        && (Attributes.isLink(name) || name.equals("workflowExecution") || name.endsWith("ctivityId"));
                boolean tracing = path.endsWith("nexusHeader") && Attributes.isTracing(name);
                if (!ofFailure && !tracing) {
                    attribute(FieldWriter.join(path, name), name, e.getValue(), depth + 1);
                }
            }
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                attribute(path + "[" + i + "]", "", list.get(i), depth + 1);
            }
        } else {
            fields.leaf(path, value instanceof String s && new JsonNumber(s).isLong() ? new JsonNumber(s) : value);
        }
    }

    /** True for what Protocol Buffers may as well leave out. */
    private static boolean isDefault(Object value) {
        return value == null
                || value.equals("")
                || value.equals("0")
                || value.equals(Boolean.FALSE)
                || value instanceof JsonNumber n && n.isLong() && n.asLong() == 0
                || value instanceof Map<?, ?> m && m.isEmpty()
                || value instanceof List<?> l && l.isEmpty();
    }
}
