package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Names and attributes within the limits that the way of events has as well. */
final class TelemetryText {
    private final SpanSink sink;

    TelemetryText(SpanSink sink) {
        this.sink = sink;
    }

    /** The text, cut if it is too long. */
    String value(String text, Place place) {
        if (text.length() <= SpanStore.MAX_VALUE) {
            return text;
        }
        sink.context()
                .note(
                        "long_values",
                        String.format(
                                Locale.ROOT, "values of more than %,d characters, cut there", SpanStore.MAX_VALUE),
                        sink.at(place));
        return text.substring(0, SpanStore.MAX_VALUE);
    }

    /** The attributes, those of too many left out and those that are too long cut. */
    List<Field> attributes(List<Field> attributes, Place place) {
        List<Field> few = attributes;
        if (attributes.size() > SpanStore.MAX_ATTRIBUTES) {
            sink.context()
                    .note(
                            "attributes_left_out",
                            "attributes beyond " + SpanStore.MAX_ATTRIBUTES + " of a span",
                            sink.at(place));
            few = attributes.subList(0, SpanStore.MAX_ATTRIBUTES);
        }
        for (int i = 0; i < few.size(); i++) {
            if (few.get(i).text().length() > SpanStore.MAX_VALUE) {
                return cut(few, place);
            }
        }
        return List.copyOf(few);
    }

    private List<Field> cut(List<Field> attributes, Place place) {
        List<Field> cut = new ArrayList<>();
        for (Field f : attributes) {
            String text = value(f.text(), place);
            cut.add(text == f.text() ? f : new Field(f.path(), Field.Type.STRING, text));
        }
        return List.copyOf(cut);
    }
}
