package io.dettrace.formats.jfr;

import io.dettrace.formats.record.EventRecord;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedClassLoader;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedObject;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordedThreadGroup;

/** Writes values of a recording's fields; names of classes without what the JVM numbers anew in each run. */
final class ValueWriter {
    /** Characters of a text that are kept. */
    static final int MAX_TEXT = 64 << 10;

    /** Objects inside each other that are written. */
    static final int MAX_DEPTH = 4;

    /** Values of an array that are written. */
    static final int MAX_ARRAY = 1_000;

    private static final Pattern GENERATED = Pattern.compile(
            "(\\$\\$Lambda)[$/\\d].*|(\\$Proxy|GeneratedMethodAccessor|GeneratedConstructorAccessor)\\d+");
    private static final Pattern HIDDEN = Pattern.compile("[/+]0x[0-9a-fA-F]+");
    private static final Pattern JDK = Pattern.compile("(?:java|javax|jdk|sun|com\\.sun)\\..*");

    private final EventRecord record;

    ValueWriter(EventRecord record) {
        this.record = record;
    }

    void write(String path, Object value, int depth) {
        if (value == null) {
            record.nothing(record.path(path));
        } else if (value instanceof RecordedObject object) {
            object(path, object, depth);
        } else if (value instanceof Object[] array) {
            String text = Arrays.stream(array)
                    .limit(MAX_ARRAY)
                    .map(v -> v instanceof RecordedObject o ? brief(o) : String.valueOf(v))
                    .collect(Collectors.joining(", ", "[", array.length > MAX_ARRAY ? ", …]" : "]"));
            record.text(path, cut(text));
        } else if (value instanceof Boolean flag) {
            record.flag(record.path(path), flag);
        } else if (value instanceof Float || value instanceof Double) {
            record.number(record.path(path), ((Number) value).doubleValue());
        } else if (value instanceof Number number) {
            record.number(path, number.longValue());
        } else {
            record.text(path, cut(value.toString()));
        }
    }

    private void object(String path, RecordedObject object, int depth) {
        String brief = brief(object);
        if (brief != null) {
            record.text(path, cut(brief));
        } else if (depth < MAX_DEPTH) {
            for (ValueDescriptor field : object.getFields()) {
                write(path + "." + field.getName(), object.getValue(field.getName()), depth + 1);
            }
        }
    }

    /** What names an object in short, or null if nothing but its fields does. */
    private static String brief(RecordedObject object) {
        if (object instanceof RecordedThread t) {
            return threadName(t);
        }
        if (object instanceof RecordedClass c) {
            return className(c.getName());
        }
        if (object instanceof RecordedMethod m) {
            return method(m);
        }
        if (object instanceof RecordedStackTrace s) {
            return top(s);
        }
        if (object instanceof RecordedThreadGroup g) {
            return String.valueOf(g.getName());
        }
        if (object instanceof RecordedClassLoader l) {
            return l.getName() != null
                    ? l.getName()
                    : l.getType() == null ? "bootstrap" : l.getType().getName();
        }
        return null;
    }

    /** The name that the program gave a thread, else the operating system's; empty if it has none. */
    static String threadName(RecordedThread thread) {
        String name = thread.getJavaName() != null ? thread.getJavaName() : thread.getOSName();
        return name == null ? "" : cut(name);
    }

    /** The innermost method of the program, else of the JDK; empty if there is none. */
    static String top(RecordedStackTrace stack) {
        String innermost = "";
        for (RecordedFrame frame : stack.getFrames()) {
            RecordedMethod method = frame.getMethod();
            if (method != null && method.getType() != null) {
                String name = method(method);
                if (!JDK.matcher(name).matches()) {
                    return name;
                }
                innermost = innermost.isEmpty() ? name : innermost;
            }
        }
        return innermost;
    }

    private static String method(RecordedMethod method) {
        String type =
                method.getType() == null ? "?" : className(method.getType().getName());
        return type + "." + method.getName();
    }

    /** A class's name without addresses and running numbers of generated classes. */
    static String className(String name) {
        String visible = HIDDEN.matcher(String.valueOf(name)).replaceAll("");
        return GENERATED.matcher(visible).replaceAll("$1$2");
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }
}
