package io.dettrace.normalize;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dettrace.event.LaneTable;
import io.dettrace.normalize.EventAssembler.ClockException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * The vector clock of one event (Fidge 1988, Mattern 1989): how many events of each lane had happened, its own included.
 *
 * @param own the count of the event's own lane, at least 1
 * @param lanes the other lanes named
 * @param counts their counts, at least 1
 */
record VectorClock(long own, int[] lanes, long[] counts) {
    /** Lanes that one clock may name. */
    static final int MAX_ENTRIES = 100_000;

    private static final JsonFactory JSON = new JsonFactory();

    /** Reads a clock from its JSON text, an object of lane names to counts. */
    static VectorClock parse(
            byte[] bytes, int offset, int length, int lane, ToIntFunction<String> number, LaneTable names)
            throws ClockException {
        long own = 0;
        int[] lanes = new int[8];
        long[] counts = new long[8];
        int n = 0;
        byte[] text = unquoted(bytes, offset, length);
        try (JsonParser p = JSON.createParser(text)) {
            if (p.nextToken() != JsonToken.START_OBJECT) {
                throw new ClockException("the vector clock is not an object of lane names to counts");
            }
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                long count = count(name, p);
                int of = number.applyAsInt(name);
                if (of == lane) {
                    own = count;
                } else if (count > 0) {
                    if (n == MAX_ENTRIES) {
                        throw new ClockException("the vector clock has more than " + MAX_ENTRIES + " entries");
                    }
                    if (n == lanes.length) {
                        lanes = Arrays.copyOf(lanes, n * 2);
                        counts = Arrays.copyOf(counts, n * 2);
                    }
                    lanes[n] = of;
                    counts[n++] = count;
                }
            }
            if (p.currentToken() != JsonToken.END_OBJECT || p.nextToken() != null) {
                throw new ClockException("the vector clock is not one JSON object");
            }
        } catch (IOException e) {
            throw new ClockException("the vector clock is not valid JSON: " + firstLine(e));
        }
        if (own == 0) {
            throw new ClockException("the vector clock lacks the event's own lane \"" + names.name(lane) + "\"");
        }
        return new VectorClock(own, Arrays.copyOf(lanes, n), Arrays.copyOf(counts, n));
    }

    /** The clock's text; programs that print it as a string in quotes, or with escaped quotes, mean the object in it. */
    private static byte[] unquoted(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8).strip();
        if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1);
        }
        return (text.startsWith("{\\\"") ? text.replace("\\\"", "\"") : text).getBytes(StandardCharsets.UTF_8);
    }

    private static long count(String name, JsonParser p) throws IOException, ClockException {
        JsonToken value = p.nextToken();
        if (value != JsonToken.VALUE_NUMBER_INT || p.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw new ClockException("the vector clock's entry \"" + name + "\" is not a count, found " + p.getText());
        }
        long count = p.getLongValue();
        if (count < 0) {
            throw new ClockException("the vector clock's entry \"" + name + "\" is negative: " + count);
        }
        return count;
    }

    private static String firstLine(IOException e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
