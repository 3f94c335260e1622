package io.dettrace.formats.inspect;

import io.dettrace.event.EventBlock;
import io.dettrace.event.InputNote;
import io.dettrace.formats.inspect.Inspection.FieldUse;
import io.dettrace.formats.inspect.Inspection.Kind;
import io.dettrace.formats.inspect.Inspection.Lane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** An inspection for people. */
public final class InspectionText {
    private static final int NAME_WIDTH = 48;

    private final Inspection it;
    private final int most;
    private final StringBuilder out = new StringBuilder();

    private InspectionText(Inspection it, int most) {
        this.it = it;
        this.most = most;
    }

    /**
     * The text.
     *
     * @param most lanes, kinds and fields that are listed; the others are counted
     */
    public static String render(Inspection inspection, int most) {
        return new InspectionText(inspection, most).text();
    }

    private String text() {
        line("%s", it.name());
        line("  format   %s: %s", it.format(), it.title());
        String files = it.files().size() == 1 ? "" : " in " + count(it.files().size(), "file");
        line(
                "  holds    %s in %s, %s, %s; %,d bytes%s",
                count(it.events(), "event"),
                count(it.lanes().size(), "lane"),
                count(it.kinds().size(), "kind"),
                count(it.links(), "link"),
                it.bytes(),
                files);
        if (it.hasTimes()) {
            line(
                    "  time     %s to %s (%s)",
                    Times.point(it.first()), Times.point(it.last()), Times.duration(it.last() - it.first()));
        } else {
            line("  time     none");
        }
        lanes();
        kinds();
        fields();
        problems();
        return out.toString();
    }

    private void lanes() {
        List<Lane> lanes = new ArrayList<>(it.lanes());
        lanes.sort(Comparator.comparingLong(Lane::events).reversed().thenComparing(Lane::name));
        line("");
        line("  %-" + NAME_WIDTH + "s %12s%s", "lane", "events", it.hasTimes() ? "   from          for" : "");
        for (Lane lane : lanes.subList(0, Math.min(most, lanes.size()))) {
            String span = lane.first() == EventBlock.NO_TIME
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "   +%-12s %s",
                            Times.duration(lane.first() - it.first()),
                            Times.duration(lane.last() - lane.first()));
            line("  %-" + NAME_WIDTH + "s %,12d%s", name(lane.name()), lane.events(), span);
        }
        rest(lanes.size(), "lane");
    }

    private void kinds() {
        line("");
        line("  %-" + NAME_WIDTH + "s %12s   %s", "kind", "events", "first at");
        for (Kind kind : it.kinds().subList(0, Math.min(most, it.kinds().size()))) {
            String file = kind.firstFile().substring(kind.firstFile().lastIndexOf('/') + 1);
            line("  %-" + NAME_WIDTH + "s %,12d   %s:%d", name(kind.name()), kind.events(), file, kind.firstLine());
        }
        rest(it.kinds().size(), "kind");
    }

    private void fields() {
        line("");
        line("  %-" + NAME_WIDTH + "s %12s   %-9s %s", "field", "taken as", "on", "such as");
        for (FieldUse f : it.fields().subList(0, Math.min(most, it.fields().size()))) {
            line(
                    "  %-" + NAME_WIDTH + "s %12s   %-9s %s",
                    name(f.path()),
                    String.join("+", f.roles()),
                    String.format(Locale.ROOT, "%.0f %%", 100 * f.share()),
                    f.example());
        }
        rest(it.fields().size(), "field");
    }

    private void problems() {
        line("");
        if (it.notes().isEmpty()) {
            line("  no problems");
            return;
        }
        for (InputNote note : it.notes()) {
            String first = note.first().isEmpty() ? "" : ", first at " + note.first();
            line("  note     %s (%s, %s%s)", note.message(), note.code(), count(note.count(), "time"), first);
        }
    }

    private void rest(int size, String what) {
        if (size > most) {
            line("  … and %s; --top shows more", count(size - (long) most, "further " + what));
        }
    }

    private static String name(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= NAME_WIDTH ? line : line.substring(0, NAME_WIDTH - 1) + "…";
    }

    private static String count(long n, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", n, what, n == 1 ? "" : "s");
    }

    private void line(String format, Object... args) {
        out.append(String.format(Locale.ROOT, format, args).stripTrailing()).append('\n');
    }
}
