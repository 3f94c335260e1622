package io.dettrace.event;

import java.util.List;

/**
 * An event as it stood in its source.
 *
 * @param file the file's name as the user wrote it
 * @param text the event's text, byte for byte (bytes that are not UTF-8 appear as U+FFFD)
 * @param json true if the text is a JSON value
 * @param fields its fields in the order of the source, nested ones by dotted path
 */
public record Original(String file, String text, boolean json, List<Field> fields) {}
