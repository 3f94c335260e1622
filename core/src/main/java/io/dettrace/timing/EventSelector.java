package io.dettrace.timing;

import io.dettrace.event.InputException;
import io.dettrace.normalize.KindDigest;
import java.util.List;
import java.util.regex.Pattern;
import org.agrona.collections.IntHashSet;

/** Events by kind and lane. */
final class EventSelector {
    private final IntHashSet kinds = new IntHashSet();
    private final boolean anyKind;
    private final Pattern lane;

    private EventSelector(boolean anyKind, Pattern lane) {
        this.anyKind = anyKind;
        this.lane = lane;
    }

    /**
     * A selector of events whose kind is told by the given fields.
     *
     * @param place what asks for it, for messages
     * @throws InputException if a kind is named and the runs have none
     */
    static EventSelector of(String place, Budget.Events events, List<String> kindPaths) throws InputException {
        boolean any = events.kind().equals("*");
        EventSelector selector = new EventSelector(any, pattern(events.lane()));
        if (!any && kindPaths.isEmpty()) {
            throw new InputException(place
                    + ": these runs have no field that tells the kind of an event, so \"" + events.kind()
                    + "\" names none; name one with --kind FIELD, or write *");
        }
        if (!any) {
            for (int digest : KindDigest.of(kindPaths, events.kind())) {
                selector.kinds.add(digest);
            }
        }
        return selector;
    }

    /** A name in which {@code *} stands for any characters. */
    private static Pattern pattern(String name) {
        String[] parts = name.split("\\*", -1);
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            pattern.append(i == 0 ? "" : ".*").append(Pattern.quote(parts[i]));
        }
        return Pattern.compile(pattern.toString(), Pattern.DOTALL);
    }

    boolean isIn(String laneName) {
        return lane.matcher(laneName).matches();
    }

    boolean isKind(int kind) {
        return anyKind || kinds.contains(kind);
    }

    boolean matches(int kind, String laneName) {
        return isKind(kind) && isIn(laneName);
    }
}
