package io.dettrace.formats.inspect;

import io.dettrace.event.EventBlock;
import io.dettrace.event.EventCursor;
import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.event.InputNote;
import io.dettrace.event.LaneTable;
import io.dettrace.event.Original;
import io.dettrace.event.SourceRef;
import io.dettrace.formats.KindNames;
import io.dettrace.formats.OpenedRun;
import io.dettrace.formats.ReadProgress;
import io.dettrace.formats.inspect.Inspection.FieldUse;
import io.dettrace.formats.inspect.Inspection.Kind;
import io.dettrace.formats.inspect.Inspection.Lane;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.FieldPlan;
import io.dettrace.normalize.Role;
import io.dettrace.normalize.ValueDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Counts what is in a run, in one pass over its events; a second one fetches an example of each kind.
 *
 * <p>Kinds are told apart by their digests, of which {@value #MAX_KINDS} are counted; further ones are one kind.
 */
public final class Inspector {
    /** Kinds that are counted by themselves. */
    public static final int MAX_KINDS = 10_000;

    private static final int EXAMPLE_LENGTH = 60;

    private final OpenedRun opened;
    private final LaneTable lanes = new LaneTable();
    private final KindNames names = new KindNames(MAX_KINDS);
    private final Map<String, FieldPlan> plans = new HashMap<>();
    private LaneCount[] perLane = new LaneCount[16];
    private final Int2ObjectHashMap<KindCount> perKind = new Int2ObjectHashMap<>();
    private final List<KindCount> kinds = new ArrayList<>();
    private KindCount otherKinds;
    private long events;
    private long links;
    private long backwards;

    private static final class LaneCount {
        private long events;
        private long first = EventBlock.NO_TIME;
        private long last = EventBlock.NO_TIME;
        private long before = EventBlock.NO_TIME;
    }

    private static final class KindCount {
        private long events;
        private SourceRef first;
        private String name;
    }

    private Inspector(OpenedRun opened) {
        this.opened = opened;
    }

    /** Goes over the run. */
    public static Inspection inspect(OpenedRun opened, ReadProgress progress) throws IOException {
        return new Inspector(opened).run(progress);
    }

    private Inspection run(ReadProgress progress) throws IOException {
        try (EventCursor cursor = opened.events(lanes, names)) {
            EventBlock block = new EventBlock();
            while (cursor.next(block)) {
                count(block);
                progress.update(block.bytesRead, events);
            }
        }
        nameKinds();
        long first = Arrays.stream(perLane)
                .filter(l -> l != null && l.first != EventBlock.NO_TIME)
                .mapToLong(l -> l.first)
                .min()
                .orElse(EventBlock.NO_TIME);
        long last = Arrays.stream(perLane)
                .filter(l -> l != null && l.first != EventBlock.NO_TIME)
                .mapToLong(l -> l.last)
                .max()
                .orElse(EventBlock.NO_TIME);
        List<String> files = opened.run().files();
        return new Inspection(
                opened.run().name(),
                files,
                opened.format(),
                opened.title(),
                bytes(),
                events,
                links,
                first,
                last,
                backwards,
                laneList(),
                kindList(files),
                fields(),
                notes());
    }

    private void count(EventBlock block) {
        events += block.size;
        links += block.linkCount();
        for (int i = 0; i < block.size; i++) {
            countLane(block.lane[i], block.time[i]);
            KindCount kind = perKind.get(block.kind[i]);
            if (kind == null) {
                kind = newKind(block, i);
            }
            kind.events++;
        }
    }

    private void countLane(int number, long time) {
        if (number >= perLane.length) {
            perLane = Arrays.copyOf(perLane, Math.max(number + 1, perLane.length * 2));
        }
        LaneCount lane = perLane[number];
        if (lane == null) {
            lane = new LaneCount();
            perLane[number] = lane;
        }
        lane.events++;
        if (time == EventBlock.NO_TIME) {
            return;
        }
        backwards += time < lane.before ? 1 : 0;
        lane.before = time;
        lane.first = lane.first == EventBlock.NO_TIME ? time : Math.min(lane.first, time);
        lane.last = Math.max(lane.last, time);
    }

    private KindCount newKind(EventBlock block, int row) {
        if (kinds.size() == MAX_KINDS) {
            if (otherKinds == null) {
                otherKinds = new KindCount();
                otherKinds.name = "(further kinds)";
            }
            return otherKinds;
        }
        KindCount kind = new KindCount();
        kind.first = new SourceRef(block.file[row], block.line[row], block.offset[row], block.length[row]);
        perKind.put(block.kind[row], kind);
        kinds.add(kind);
        return kind;
    }

    /** Names the kinds by an event of each: from the sample or on the way if that holds one, which spares a further pass. */
    private void nameKinds() throws IOException {
        Map<Integer, String> sampled = sampledKinds();
        List<KindCount> others = new ArrayList<>();
        for (Int2ObjectHashMap<KindCount>.EntryIterator i = perKind.entrySet().iterator(); i.hasNext(); ) {
            i.next();
            String name = sampled.get(i.getIntKey());
            i.getValue().name = name == null ? names.of(i.getIntKey()) : name;
            if (i.getValue().name == null) {
                others.add(i.getValue());
            }
        }
        List<Original> originals =
                opened.run().originals(others.stream().map(k -> k.first).toList());
        for (int i = 0; i < originals.size(); i++) {
            String name = kindName(originals.get(i).fields());
            others.get(i).name =
                    name.isEmpty() ? shorten(originals.get(i).text().strip()) : name;
        }
    }

    /** Names by digest, where the mapping says what the kind is. */
    private Map<Integer, String> sampledKinds() {
        Map<Integer, String> names = new HashMap<>();
        EventAssembler assembler = new EventAssembler(opened.mapping(), new LaneTable(), Map.of(), Optional.empty());
        EventBlock block = new EventBlock();
        for (List<Field> event : opened.sample()) {
            String name = kindName(event);
            if (!name.isEmpty()) {
                assembler.begin();
                for (Field f : event) {
                    FieldPlan plan = plan(f);
                    if (plan.isKind()) {
                        byte[] text = f.text().getBytes(StandardCharsets.UTF_8);
                        long digest = f.type() == Field.Type.NUMBER
                                ? ValueDigest.ofNumber(text, 0, text.length)
                                : ValueDigest.of(text, 0, text.length);
                        assembler.field(plan, f.type(), digest, text, 0, text.length);
                    }
                }
                block.clear();
                end(assembler, block);
                names.put(block.kind[0], name);
            }
        }
        return names;
    }

    private static void end(EventAssembler assembler, EventBlock block) {
        try {
            assembler.end(block, 0, 1, 0, 0);
        } catch (EventAssembler.ClockException withoutClock) {
            throw new IllegalStateException(withoutClock);
        }
    }

    private FieldPlan plan(Field f) {
        return plans.computeIfAbsent(f.path(), opened.mapping()::plan);
    }

    private String kindName(List<Field> event) {
        return event.stream().filter(f -> plan(f).isKind()).map(Field::text).collect(Collectors.joining(" "));
    }

    private static String shorten(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= EXAMPLE_LENGTH ? line : line.substring(0, EXAMPLE_LENGTH - 1) + "…";
    }

    private List<Lane> laneList() {
        List<Lane> list = new ArrayList<>();
        for (int i = 0; i < lanes.size() && i < perLane.length; i++) {
            LaneCount lane = perLane[i];
            if (lane != null) {
                list.add(new Lane(lanes.name(i), lane.events, lane.first, lane.last));
            }
        }
        list.sort(Comparator.comparing(Lane::name));
        return list;
    }

    private List<Kind> kindList(List<String> files) {
        List<Kind> list = new ArrayList<>();
        for (KindCount k : kinds) {
            list.add(new Kind(k.name, k.events, files.get(k.first.file()), k.first.line()));
        }
        list.sort(Comparator.comparingLong(Kind::events).reversed().thenComparing(Kind::name));
        if (otherKinds != null) {
            list.add(new Kind(otherKinds.name, otherKinds.events, "", 0));
        }
        return list;
    }

    private List<FieldUse> fields() {
        Map<String, int[]> counts = new LinkedHashMap<>();
        Map<String, String> examples = new LinkedHashMap<>();
        for (List<Field> event : opened.sample()) {
            for (Field f : event) {
                counts.computeIfAbsent(f.path(), p -> new int[1])[0]++;
                examples.putIfAbsent(f.path(), f.text());
            }
        }
        int sampled = opened.sample().size();
        List<FieldUse> uses = new ArrayList<>();
        for (Map.Entry<String, int[]> e : counts.entrySet()) {
            List<String> roles = opened.mapping().plan(e.getKey()).roles().stream()
                    .map(Role::key)
                    .toList();
            uses.add(new FieldUse(
                    e.getKey(), roles, (double) e.getValue()[0] / sampled, shorten(examples.get(e.getKey()))));
        }
        return uses;
    }

    private List<InputNote> notes() {
        List<InputNote> notes = new ArrayList<>(opened.run().notes());
        if (backwards > 0) {
            notes.add(new InputNote(
                    "time_backwards", "events are earlier than the one before them in their lane", backwards, ""));
        }
        return notes;
    }

    private long bytes() throws IOException {
        long sum = 0;
        for (Path path : opened.paths()) {
            try {
                sum += Files.size(path);
            } catch (IOException e) {
                throw new InputException(path + ": its size cannot be read: " + e.getMessage(), e);
            }
        }
        return sum;
    }
}
