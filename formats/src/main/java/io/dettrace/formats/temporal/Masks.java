package io.dettrace.formats.temporal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells values that every run draws anew from those that mean something: UUIDs, and times that lie within a day of the
 * event's own. A date in an order, a year from now or before, is a value like any other.
 */
final class Masks {
    /** Stands for a UUID in a compared text. */
    static final String UUID = "<uuid>";

    /** Stands for a time near that of the event. */
    static final String TIME = "<time>";

    /** How far from the event's time a time is taken as a reading of the clock. */
    static final long NEAR_MILLIS = 24L * 3600 * 1000;

    private static final Pattern UUIDS = Pattern.compile(
            "(?<![0-9a-fA-F])[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(?![0-9a-fA-F])");
    private static final Pattern TIMES =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?:Z|[+-]\\d\\d:?\\d\\d)?");
    private static final Pattern FAILURE_NOISE =
            Pattern.compile("((?:scheduled|started|initiated)EventId[=:] ?)\\d+|(identity='?)[^',\\s]+");

    private final boolean exact;
    private long now = Long.MIN_VALUE;

    /** A text without what differs from run to run, and the identifiers that were in it. */
    record Masked(String text, List<String> identifiers) {}

    /**
     * Masks of one history.
     *
     * @param exact true to leave every value as it is
     */
    Masks(boolean exact) {
        this.exact = exact;
    }

    /** Sets the time of the event whose values come next. */
    void now(Instant time) {
        now = time.toEpochMilli();
    }

    Masked mask(String text) {
        if (exact) {
            return new Masked(text, List.of());
        }
        List<String> identifiers = new ArrayList<>();
        String left = text;
        if (text.indexOf('-') >= 0) {
            Matcher m = UUIDS.matcher(text);
            StringBuilder out = new StringBuilder();
            while (m.find()) {
                identifiers.add(m.group());
                m.appendReplacement(out, UUID);
            }
            left = identifiers.isEmpty() ? text : m.appendTail(out).toString();
        }
        return new Masked(left.indexOf(':') > 0 ? times(left) : left, identifiers);
    }

    private String times(String text) {
        Matcher m = TIMES.matcher(text);
        StringBuilder out = new StringBuilder();
        while (m.find()) {
            m.appendReplacement(out, isNow(m.group()) ? TIME : Matcher.quoteReplacement(m.group()));
        }
        return m.appendTail(out).toString();
    }

    /** The message of a failure without the event ids and identities that SDKs write into it. */
    static String failureMessage(String message) {
        return FAILURE_NOISE
                .matcher(message)
                .replaceAll(r -> r.group(1) != null
                        ? Matcher.quoteReplacement(r.group(1)) + "<event>"
                        : Matcher.quoteReplacement(r.group(2)) + "<identity>");
    }

    private boolean isNow(String time) {
        String iso = time.replace(' ', 'T').replace(',', '.');
        try {
            boolean zoned = iso.endsWith("Z") || iso.matches(".*[+-]\\d\\d:?\\d\\d");
            String full = !zoned ? iso + "Z" : iso.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2");
            return isNear(OffsetDateTime.parse(full).toInstant().toEpochMilli());
        } catch (DateTimeException noTime) {
            return false;
        }
    }

    /** True if a number is the event's time in seconds, milliseconds, microseconds or nanoseconds, within a day. */
    boolean isNow(JsonNumber number) {
        if (exact || number.text().length() > 24) {
            return false;
        }
        double value = Double.parseDouble(number.text());
        return value >= 1e9 && (isNear(value * 1e3) || isNear(value) || isNear(value / 1e3) || isNear(value / 1e6));
    }

    /** True if seconds since 1970 are the event's time, within a day. */
    boolean isNowInSeconds(long seconds) {
        return !exact && seconds > 0 && seconds < Long.MAX_VALUE / 1000 && isNear(seconds * 1e3);
    }

    private boolean isNear(double millis) {
        return now != Long.MIN_VALUE && Math.abs(millis - now) <= NEAR_MILLIS;
    }
}
