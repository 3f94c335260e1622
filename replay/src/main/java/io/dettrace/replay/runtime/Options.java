package io.dettrace.replay.runtime;

import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Path;

/**
 * How to run: the header of a schedule file, or the agent's own arguments.
 *
 * <p>Known keys: {@code log}, {@code result}, {@code policy}, {@code then}, {@code seed}, {@code scope}, {@code steps},
 * {@code length}, {@code check}, {@code values}, {@code values-limit}, {@code given}, {@code admit}, {@code watchdog},
 * {@code debug}, {@code include}, {@code exclude}, {@code fields}, {@code collections}, {@code stacks}, {@code
 * environment}; and in a {@link Worker} {@code worker}, {@code out}, {@code err}.
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

    /**
     * The options of one run of the scope {@code tests}: each has files of its own, called like the method, and a scope that
     * finds it again.
     *
     * @param method the class, a dot and the method's name
     * @param invocation how often the method was called in this JVM, this time included
     */
    Options forTest(String method, int invocation) {
        int dot = method.lastIndexOf('.');
        String scope = "method:" + method.substring(0, dot) + "#" + method.substring(dot + 1);
        Schedule.Builder builder =
                control.toBuilder().header("scope", invocation == 1 ? scope : scope + ":" + invocation);
        String stem = invocation == 1 ? method : method + "-" + invocation;
        withFile(builder, "log", stem + ".jsonl");
        withFile(builder, "result", stem + ".schedule");
        return new Options(builder.build());
    }

    private void withFile(Schedule.Builder builder, String key, String name) {
        String folder = control.header(key);
        if (folder != null && folder.endsWith("/")) {
            builder.header(key, folder + name);
        }
    }

    /** Which call of the scope's method is the run: the number behind the colon of {@code method:CLASS#NAME:N}, else 1. */
    public int invocation() {
        String scope = get("scope", "");
        int colon = scope.indexOf(':', scope.indexOf('#') + 1);
        if (scope.indexOf('#') < 0 || colon < 0) {
            return 1;
        }
        int number;
        try {
            number = Integer.parseInt(scope.substring(colon + 1));
        } catch (NumberFormatException e) {
            number = 0;
        }
        if (number < 1) {
            throw new IllegalArgumentException(
                    "scope method:CLASS#NAME:N is wanted, with N the call of the method, counted from 1, not " + scope);
        }
        return number;
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
