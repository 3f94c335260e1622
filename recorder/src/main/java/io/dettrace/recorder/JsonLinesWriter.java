package io.dettrace.recorder;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes events as JSON lines, UTF-8, {@code \n} behind each. */
final class JsonLinesWriter {
    private static final int FLUSH_AT = 64 * 1024;

    private final OutputStream out;
    private final JsonForm form;
    private final RecordingId id;
    private final StringBuilder text = new StringBuilder();

    JsonLinesWriter(OutputStream out, JsonForm form, RecordingId id) {
        this.out = out;
        this.form = form;
        this.id = id;
    }

    void write(RecordedEvent event) {
        text.append('{');
        if (form.number() != null) {
            key(form.number());
            name(new CausalContext(id, event.number()));
        }
        if (form.lane() != null) {
            key(form.lane());
            string(event.lane());
        }
        key(form.kind());
        string(event.kind());
        for (Map.Entry<String, @Nullable Object> field : event.fields().entrySet()) {
            key(form.isTaken(field.getKey()) ? field.getKey() + "_" : field.getKey());
            value(field.getValue());
        }
        links(event.links());
        text.append("}\n");
        if (text.length() > FLUSH_AT) {
            try {
                flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void finish() throws IOException {
        flush();
        out.flush();
    }

    private void flush() throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
    }

    private void links(List<CausalContext> links) {
        if (form.links() == null || links.isEmpty()) {
            return;
        }
        key(form.links());
        char before = '[';
        for (CausalContext link : links) {
            text.append(before);
            name(link);
            before = ',';
        }
        text.append(']');
    }

    private void name(CausalContext event) {
        if (form.global() || !event.recording().equals(id)) {
            string(event.header());
        } else {
            text.append(event.event());
        }
    }

    private void key(String key) {
        if (text.charAt(text.length() - 1) != '{') {
            text.append(',');
        }
        string(key);
        text.append(':');
    }

    private void value(@Nullable Object value) {
        if (value instanceof String string) {
            string(string);
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            string(number.toString());
        } else {
            text.append(value);
        }
    }

    private void string(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7F || isLoneSurrogate(string, i)) {
                        text.append("\\u");
                        String digits = Integer.toHexString(c);
                        text.append("0000", digits.length(), 4).append(digits);
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    private static boolean isLoneSurrogate(String string, int i) {
        char c = string.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == string.length() || !Character.isLowSurrogate(string.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(string.charAt(i - 1)));
    }
}
