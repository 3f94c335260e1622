package io.dettrace.recorder;

/**
 * A place in the causal order that can be handed on: an event of a recording. Within a process it goes along with a task
 * ({@link Fork}); to another process as a header of a message:
 *
 * <pre>
 * dettrace: 1-0af7651916cd43dd8448eb211c80319c-00000000000004d2
 * </pre>
 *
 * that is version, recording (32 hexadecimal digits) and event (16 hexadecimal digits, or {@code none}), in lower case.
 *
 * @param recording the recording
 * @param event the event's number, or -1 if nothing has happened yet
 */
public record CausalContext(RecordingId recording, long event) {
    /** The customary name of the header. */
    public static final String HEADER = "dettrace";

    private static final String NONE = "none";

    /** The header's value. */
    public String header() {
        return "1-" + recording + "-" + (event < 0 ? NONE : RecordingId.hex(event));
    }

    /**
     * Reads a header's value.
     *
     * @throws IllegalArgumentException if it is none; the message says what was expected and found. Headers come from
     *     outside: who must not fail on a wrong one catches this.
     */
    public static CausalContext parse(String header) {
        String[] parts = header.strip().split("-", -1);
        if (parts.length != 3) {
            throw wrong(header, "expected version-recording-event, found " + parts.length + " parts");
        }
        if (!parts[0].equals("1")) {
            throw wrong(header, "expected version 1, found \"" + parts[0] + "\": a newer DetTrace wrote it");
        }
        if (!parts[2].equals(NONE) && parts[2].length() != 16) {
            throw wrong(header, "event: expected 16 hexadecimal digits or \"none\", found \"" + parts[2] + "\"");
        }
        try {
            RecordingId recording = RecordingId.parse(parts[1]);
            long event = parts[2].equals(NONE) ? -1 : RecordingId.hex(parts[2], 0);
            if (event < -1 || event == -1 && !parts[2].equals(NONE)) {
                throw wrong(header, "event: expected a number below 2^63");
            }
            return new CausalContext(recording, event);
        } catch (IllegalArgumentException e) {
            throw e.getMessage() != null && e.getMessage().startsWith("dettrace header")
                    ? e
                    : wrong(header, String.valueOf(e.getMessage()));
        }
    }

    private static IllegalArgumentException wrong(String header, String what) {
        String shown = header.length() <= 80 ? header : header.substring(0, 80) + "...";
        return new IllegalArgumentException("dettrace header \"" + shown + "\": " + what);
    }
}
