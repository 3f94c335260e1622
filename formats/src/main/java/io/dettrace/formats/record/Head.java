package io.dettrace.formats.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dettrace.formats.input.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The beginning of an input, by which its format is told: the first {@value #LOOK} decompressed bytes of its first file. */
public final class Head {
    /** Bytes looked at. */
    public static final int LOOK = 1 << 16;

    private static final int MAX_DEPTH = 64;
    private static final JsonFactory JSON = new JsonFactory();

    private final List<InputFile> files;
    private final byte[] bytes;
    private String text;
    private Set<String> jsonPaths;

    private Head(List<InputFile> files, byte[] bytes) {
        this.files = files;
        this.bytes = bytes;
    }

    /** The head of an input of these files, at least one. */
    public static Head of(List<InputFile> files) throws IOException {
        try (InputStream in = files.get(0).openBinary()) {
            return new Head(files, in.readNBytes(LOOK));
        }
    }

    /** The files of the input. */
    public List<InputFile> files() {
        return files;
    }

    /** The bytes, with a byte order mark if the file has one. */
    public byte[] bytes() {
        return bytes;
    }

    /** True if the whole first file is in {@link #bytes}. */
    public boolean isWhole() {
        return bytes.length < LOOK;
    }

    /** The bytes as UTF-8 text without a byte order mark; what is no UTF-8 appears as U+FFFD. */
    public String text() {
        if (text == null) {
            int bom = InputFile.bomLength(bytes, bytes.length);
            text = new String(bytes, bom, bytes.length - bom, StandardCharsets.UTF_8);
        }
        return text;
    }

    /** The lines of {@link #text}, without the last if it may be cut. */
    public List<String> lines() {
        List<String> lines = text().lines().toList();
        return isWhole() || lines.isEmpty() ? lines : lines.subList(0, lines.size() - 1);
    }

    /** The lines of {@link #text} that have an end: a last line without one may be cut, also where the file ends in it. */
    public List<String> finishedLines() {
        List<String> lines = text().lines().toList();
        boolean finished = text().endsWith("\n") || text().endsWith("\r");
        return finished || lines.isEmpty() ? lines : lines.subList(0, lines.size() - 1);
    }

    /**
     * The dotted paths of all members in the beginning of a JSON text, arrays as {@code []}, such as {@code
     * resourceSpans[].scopeSpans[].spans[].traceId}; of all values if it is JSON lines. Empty if it is no JSON.
     */
    public Set<String> jsonPaths() {
        if (jsonPaths == null) {
            jsonPaths = new HashSet<>();
            String start = text().stripLeading();
            if (start.startsWith("{") || start.startsWith("[")) {
                collect(jsonPaths);
            }
        }
        return jsonPaths;
    }

    private void collect(Set<String> paths) {
        Deque<String> around = new ArrayDeque<>();
        String here = "";
        try (JsonParser p = JSON.createParser(text())) {
            for (JsonToken t = p.nextToken(); t != null && around.size() < MAX_DEPTH; t = p.nextToken()) {
                switch (t) {
                    case START_OBJECT -> around.push(here);
                    case START_ARRAY -> {
                        around.push(here);
                        here += "[]";
                    }
                    case FIELD_NAME -> {
                        String parent = around.peek();
                        here = parent.isEmpty() ? p.currentName() : parent + "." + p.currentName();
                        paths.add(here);
                    }
                    case END_OBJECT, END_ARRAY -> here = around.pop();
                    default -> {}
                }
            }
        } catch (IOException cutOrNoJson) {
            // What was seen before is enough to tell, or nothing was.
        }
    }
}
