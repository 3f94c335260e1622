package io.dettrace.incident.request;

import io.dettrace.event.Field;
import java.util.List;

/**
 * An event as it was read, before it is understood.
 *
 * @param fields all of its fields
 * @param time nanoseconds, or {@link io.dettrace.event.EventBlock#NO_TIME}
 * @param place where it stands, for people
 */
public record RequestEvent(List<Field> fields, long time, String place) {
    /** Text of the field with this path, empty if there is none. */
    String text(String path) {
        for (Field f : fields) {
            if (f.path().equals(path)) {
                return f.type() == Field.Type.NULL ? "" : f.text();
            }
        }
        return "";
    }
}
