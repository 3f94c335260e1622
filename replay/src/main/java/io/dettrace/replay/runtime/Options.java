package io.dettrace.replay.runtime;

import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Path;

/**
 * How to run: the header of a schedule file, or the agent's own arguments.
 *
 * <p>Known keys: {@code log}, {@code result}, {@code policy}, {@code then}, {@code seed}, {@code scope}, {@code steps},
 * {@code length}, {@code check}, {@code admit}, {@code watchdog}, {@code debug}, {@code include}, {@code exclude}, {@code
 * fields}, {@code collections}, {@code stacks}; and in a {@link Worker} {@code worker}, {@code out}, {@code err}.
 */
public final class Options {
    /** Most events of a run unless said otherwise. */
    static final long STEPS = 20_000_000;

    /** Seconds without progress after which the watchdog speaks. */
    static final int WATCHDOG_SECONDS = 10;

    private final Schedule control;

    private Options(Schedule control) {
        this.control = control;
    }

    /**
     * Reads the agent's arguments: {@code key=value} pairs with commas between, {@code control=FILE} among them.
     *
     * @throws IllegalArgumentException if they cannot be understood
     * @throws IOException if the control file cannot be read, or is not a schedule
     */
    public static Options parse(String arguments) throws IOException {
        Schedule.Builder builder = Schedule.builder();
        if (arguments != null && !arguments.isEmpty()) {
            for (String pair : arguments.split(",")) {
                int equals = pair.indexOf('=');
                if (equals <= 0) {
                    throw new IllegalArgumentException(
                            "the agent's arguments are key=value with commas between, not " + pair);
                }
                String key = pair.substring(0, equals);
                String value = pair.substring(equals + 1);
                if (key.equals("control")) {
                    builder = Schedule.parse(Path.of(value)).toBuilder();
                } else {
                    builder.header(key, value.replace('+', ','));
                }
            }
        }
        return new Options(builder.build());
    }

    /** The control file, or the arguments as a schedule without decisions. */
    Schedule control() {
        return control;
    }

    /** The options of one of many scopes: each has files of its own, numbered. */
    Options forScope(int number, String name) {
        Schedule.Builder builder = control.toBuilder();
        for (String key : new String[] {"log", "result"}) {
            String file = control.header(key);
            if (file != null && file.endsWith("/")) {
                builder.header(key, file + number + "-" + name + (key.equals("log") ? ".jsonl" : ".schedule"));
            }
        }
        return new Options(builder.build());
    }

    /** The value of a key, or null. */
    public String get(String key) {
        return control.header(key);
    }

    /** The value of a key. */
    public String get(String key, String otherwise) {
        return control.header(key, otherwise);
    }

    long number(String key, long otherwise) {
        String value = control.header(key);
        if (value == null) {
            return otherwise;
        }
        try {
            return Long.parseLong(value.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " must be a whole number, not " + value);
        }
    }

    boolean isTrue(String key) {
        return "true".equals(control.header(key));
    }
}
