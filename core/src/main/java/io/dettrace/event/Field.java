package io.dettrace.event;

/**
 * One field of one event.
 *
 * @param path dotted path, such as {@code metadata.register}
 * @param type JSON type of the value
 * @param text the value: a string's characters, a number's or literal's text, an array's JSON text
 */
public record Field(String path, Type type, String text) {
    /** JSON type of a field's value. */
    public enum Type {
        STRING,
        NUMBER,
        BOOLEAN,
        NULL,
        /** An array or an empty object; taken as one value. */
        COMPOSITE
    }
}
