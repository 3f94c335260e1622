package io.dettrace.replay.agent;

import io.dettrace.replay.runtime.Sites;

/** A method of the JDK as the log names it, to which the line is added. */
final class JdkPlace {
    private final String method;

    JdkPlace(String type, String method, String source) {
        this.method = type.replace('/', '.') + "." + method + "(" + source + ":";
    }

    /** The number of a place whose place in the program is the call that leads there. */
    int inside(String operation, String what, int line) {
        return Sites.registerInside(operation, what, method, line);
    }

    /** The number of a place that stands for itself. */
    int site(String operation, String what, int line) {
        return Sites.register(operation, what, this + String.valueOf(line) + ")");
    }

    @Override
    public String toString() {
        return method;
    }
}
