package io.dettrace.report;

import io.dettrace.compare.Comparison;
import io.dettrace.compare.Divergence;
import io.dettrace.compare.DivergenceClass;
import io.dettrace.compare.EventPoint;
import io.dettrace.compare.MatchedPair;
import io.dettrace.compare.Side;
import io.dettrace.event.Original;
import io.dettrace.event.Run;
import io.dettrace.event.SourceRef;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingInference;
import io.dettrace.normalize.Role;
import io.dettrace.timing.TimingVerdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A comparison together with the texts of the events that it names, ready to be rendered. Collecting reads the sources
 * once for each run.
 */
public final class Explanation {
    /** Effects whose events are shown in full. */
    private static final int SHOWN_COMPARED = 8;

    static final int SHOWN_EFFECTS = 100;

    private static final int SHOWN_IDENTIFIERS = 3;

    private final Comparison comparison;
    private final Run baseline;
    private final Run candidate;
    private final Mapping mapping;
    private final Map<SourceRef, Original> baselineTexts;
    private final Map<SourceRef, Original> candidateTexts;
    private final FieldDiff diff;
    private final OptionalLong identicalBytes;
    private final Optional<TimingVerdict> timing;

    private Explanation(
            Comparison comparison,
            Optional<TimingVerdict> timing,
            Run baseline,
            Run candidate,
            Mapping mapping,
            OptionalLong identicalBytes)
            throws IOException {
        this.timing = timing;
        this.identicalBytes = identicalBytes;
        this.comparison = comparison;
        this.baseline = baseline;
        this.candidate = candidate;
        this.mapping = mapping;
        diff = new FieldDiff(mapping);
        Set<SourceRef> left = new LinkedHashSet<>();
        Set<SourceRef> right = new LinkedHashSet<>();
        List<Divergence> shown = new ArrayList<>(comparison.roots());
        comparison.effects().stream().limit(SHOWN_EFFECTS).forEach(shown::add);
        for (Divergence d : shown) {
            collect(d, left, right);
        }
        timing.ifPresent(t -> TimingPlaces.collect(t, left, right));
        baselineTexts = texts(baseline, left);
        candidateTexts = texts(candidate, right);
    }

    /** Collects what there is to say. */
    public static Explanation of(Comparison comparison, Run baseline, Run candidate, Mapping mapping)
            throws IOException {
        return new Explanation(comparison, Optional.empty(), baseline, candidate, mapping, OptionalLong.empty());
    }

    /** The same with a timing verdict. */
    public static Explanation of(
            Comparison comparison, TimingVerdict timing, Run baseline, Run candidate, Mapping mapping)
            throws IOException {
        return new Explanation(comparison, Optional.of(timing), baseline, candidate, mapping, OptionalLong.empty());
    }

    /** Two runs whose files are the same {@code bytes} bytes, which were not read as events. */
    public static Explanation ofIdentical(Run baseline, Run candidate, Mapping mapping, long bytes) throws IOException {
        return new Explanation(
                Comparison.ofIdenticalBytes(), Optional.empty(), baseline, candidate, mapping, OptionalLong.of(bytes));
    }

    /** Size of the files if they are the same, byte for byte, and were not read as events. */
    public OptionalLong identicalBytes() {
        return identicalBytes;
    }

    private static void collect(Divergence d, Set<SourceRef> left, Set<SourceRef> right) {
        d.expected().ifPresent(e -> left.add(e.source()));
        d.actual().ifPresent(e -> right.add(e.source()));
        for (MatchedPair p : d.before()) {
            left.add(p.baseline().source());
            right.add(p.candidate().source());
        }
        d.expectedNext().forEach(e -> left.add(e.source()));
        d.actualNext().forEach(e -> right.add(e.source()));
        for (Divergence.Member m : d.members()) {
            m.expected().ifPresent(e -> left.add(e.source()));
            m.actual().ifPresent(e -> right.add(e.source()));
        }
        for (Divergence.PathStep s : d.path()) {
            (s.side() == Side.BASELINE ? left : right).add(s.event().source());
        }
    }

    private static Map<SourceRef, Original> texts(Run run, Set<SourceRef> refs) throws IOException {
        List<SourceRef> order = List.copyOf(refs);
        List<Original> originals = run.originals(order);
        Map<SourceRef, Original> texts = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            texts.put(order.get(i), originals.get(i));
        }
        return texts;
    }

    /** The comparison explained. */
    public Comparison comparison() {
        return comparison;
    }

    /** The timing verdict, if one was asked for. */
    public Optional<TimingVerdict> timing() {
        return timing;
    }

    /** The run taken as right. */
    public Run baseline() {
        return baseline;
    }

    /** The run judged. */
    public Run candidate() {
        return candidate;
    }

    /** How both runs were read. */
    public Mapping mapping() {
        return mapping;
    }

    /** What of the events was not compared as a value, by field, in words; empty if everything was. */
    List<String> leftOut() {
        List<String> parts = new ArrayList<>();
        if (!mapping.fields(Role.COMPARE).isEmpty()) {
            List<String> compared = mapping.fields(Role.COMPARE);
            int more = compared.size() - SHOWN_COMPARED;
            parts.add("everything but "
                    + String.join(", ", compared.stream().limit(SHOWN_COMPARED).toList())
                    + (more > 0 ? " and " + more + " more" : ""));
        }
        for (Role role : List.of(Role.TIME, Role.IGNORE, Role.ID, Role.EVENT, Role.LINK)) {
            boolean renamed = role != Role.TIME && role != Role.IGNORE;
            for (String path : mapping.fields(role)) {
                if (renamed && mapping.fields(Role.IGNORE).contains(path)) {
                    continue;
                }
                parts.add(path + (renamed ? " (up to renaming in its lane)" : ""));
            }
        }
        return parts;
    }

    /** By which profile the runs were compared, in a line; empty without one. */
    Optional<String> profile() {
        return mapping.origin()
                .map(o -> o.name() + " (" + o.rules() + (o.rules() == 1 ? " rule" : " rules")
                        + (o.runs() > 0 ? " from " + o.runs() + " passing runs" : "")
                        + (o.byHand() > 0 ? ", " + o.byHand() + " by hand" : "") + ")"
                        + o.note().map(n -> "; " + n).orElse(""));
    }

    /** Kinds that the profile's rules by hand speak of and that neither run has, perhaps as they are mistyped. */
    List<String> kindsNotMet() {
        boolean read = comparison.complete() && identicalBytes.isEmpty();
        return read ? mapping.kindsNotMet() : List.of();
    }

    /** The same in words. */
    List<String> profileNotes() {
        return kindsNotMet().stream()
                .map(kind -> "the profile's rules by hand for \"" + kind
                        + "\" matched nothing: no event of that kind in either run")
                .toList();
    }

    /** What the user should know of how lanes were found: taken renamings, and lanes that only the runs themselves show. */
    List<String> laneNotes() {
        List<String> notes = new ArrayList<>();
        mapping.reasons().forEach((about, why) -> {
            boolean shownByRuns =
                    about.startsWith(Role.LANE.key() + " ") && why.startsWith(MappingInference.SHOWN_BY_RUNS);
            if (shownByRuns) {
                notes.add("lanes by " + about.substring(Role.LANE.key().length() + 1) + ": " + why);
            } else if (about.startsWith(MappingInference.RENAMED_LANE)) {
                notes.add(why);
            }
        });
        return notes;
    }

    /** True if the whole run is one lane, so that the recorded order is the only evidence. */
    public boolean isOrderOnly() {
        return mapping.isRecordedOrder();
    }

    Original expected(EventPoint point) {
        return baselineTexts.get(point.source());
    }

    Original actual(EventPoint point) {
        return candidateTexts.get(point.source());
    }

    Original original(Side side, EventPoint point) {
        return side == Side.BASELINE ? expected(point) : actual(point);
    }

    /**
     * The compared fields in which the expected event and the one in its place differ, in the order of the source; none where
     * an event is missing or extra, because what stands there is another event.
     */
    List<FieldDiff.Difference> differences(Divergence d) {
        boolean samePlace = d.type() == DivergenceClass.VALUE || d.type() == DivergenceClass.SUBSTITUTED;
        if (!samePlace || d.expected().isEmpty() || d.actual().isEmpty()) {
            return List.of();
        }
        return diff.between(expected(d.expected().get()), actual(d.actual().get()));
    }

    /** A few words that name an event: its kind and lane-like fields, else its text. */
    String brief(Original event) {
        return diff.brief(event);
    }

    /** An event on one line, for people. */
    String line(Original event) {
        return diff.line(event);
    }

    /** The line, or the event's number where there are no lines; before it the file where the run has several. */
    String place(Side side, EventPoint point) {
        Run run = side == Side.BASELINE ? baseline : candidate;
        String file = original(side, point).file();
        String of = run.files().size() > 1 ? file.substring(file.lastIndexOf('/') + 1) + ":" : "";
        String what = !run.hasLines() ? "record " : of.isEmpty() ? "line " : "";
        return of + what + point.source().line();
    }

    /** The compared fields of an event as {@code {field=value, …}}. */
    String compared(Original event) {
        return diff.compared(event);
    }

    /** The first divergence in a sentence, empty if the runs are equivalent. */
    public Optional<String> sentence() {
        return comparison.first().map(this::sentence);
    }

    /** A divergence in a sentence without place. */
    public String sentence(Divergence d) {
        Optional<Original> e = d.expected().map(this::expected);
        Optional<Original> a = d.actual().map(this::actual);
        String due = e.map(this::brief).orElse("nothing");
        String got = a.map(this::brief).orElse("nothing");
        if (d.type() != DivergenceClass.VALUE && e.isPresent() && a.isPresent() && due.equals(got)) {
            Optional<FieldDiff.Difference> told = FieldDiff.telling(diff.between(e.get(), a.get()));
            due += told.map(t -> " " + t.path() + "=" + t.expected().orElse("(absent)"))
                    .orElse("");
            got += told.map(t -> " " + t.path() + "=" + t.actual().orElse("(absent)"))
                    .orElse("");
        }
        return switch (d.type()) {
            case VALUE -> valueSentence(d, due);
            case SUBSTITUTED ->
                "expected " + due + ", got " + got
                        + (d.expectedCount() > 1 || d.actualCount() > 1
                                ? " (" + d.expectedCount() + " expected, " + d.actualCount() + " other events)"
                                : "");
            case MISSING -> due + " is missing" + many(d.expectedCount()) + then(a, got);
            case EXTRA -> got + " was not expected" + many(d.actualCount()) + instead(e, due);
            case DUPLICATED -> got + " happened again";
            case MOVED -> "the same events in another order: expected " + due + ", got " + got;
            case ORDER_INVERSION -> "order inverted across lanes: " + inverted(d, due, got);
            case LINK -> due + " follows from another event than in the baseline";
            case REPEATED_COUNT ->
                (d.expectedCount() > 0 ? due : got) + " repeats "
                        + (d.expectedCount() > 0
                                ? d.expectedCount() + " times fewer"
                                : d.actualCount() + " times more");
            case LANE_MISSING -> "lane " + d.lane() + " never appears; its first event was " + due;
            case LANE_EXTRA -> "lane " + d.lane() + " is new; its first event is " + got;
            case ENDED_EARLY ->
                d.actual().isEmpty()
                        ? "the candidate's lane ends where " + due + " was due" + many(d.expectedCount())
                        : "the candidate goes on with " + got + " where the baseline's lane ends"
                                + many(d.actualCount());
            case UNDECIDED -> "too many unmatched events to decide lane " + d.lane();
        };
    }

    /** Which of two came first says nothing where both look alike; then the other lanes are named. */
    private static String inverted(Divergence d, String due, String got) {
        if (due.equals(got)) {
            List<String> others = d.members().stream()
                    .map(Divergence.Member::lane)
                    .filter(lane -> !lane.equals(d.lane()))
                    .distinct()
                    .toList();
            return due + " and the events of " + (others.isEmpty() ? "other lanes" : String.join(", ", others))
                    + " come in another order";
        }
        return "expected " + due + " first, got " + got + " first";
    }

    private String valueSentence(Divergence d, String due) {
        List<FieldDiff.Difference> differences = differences(d);
        if (differences.isEmpty()) {
            return due + identifiers(d);
        }
        FieldDiff.Difference said = FieldDiff.telling(differences).orElseThrow();
        int more = differences.size() - 1;
        return due + ": " + said.path() + " is " + said.actual().orElse("absent") + ", expected "
                + said.allowed().or(said::expected).orElse("absent")
                + (more > 0 ? ", and " + more + (more == 1 ? " more field differs" : " more fields differ") : "");
    }

    /** Identifiers that are not the ones that were due, where nothing else differs. */
    private String identifiers(Divergence d) {
        List<FieldDiff.Difference> used = d.expected().isEmpty() || d.actual().isEmpty()
                ? List.of()
                : diff.identifiers(
                        expected(d.expected().get()), actual(d.actual().get()));
        if (used.isEmpty()) {
            return " differs in a way that its text does not show";
        }
        return used.stream()
                .limit(SHOWN_IDENTIFIERS)
                .map(u -> u.path() + " is " + u.actual().orElseThrow() + " where the baseline has "
                        + u.expected().orElseThrow())
                .collect(Collectors.joining(
                        ", ",
                        ": ",
                        (used.size() > 1 ? ", one of which" : ", which")
                                + " does not stand for the same one as before (compared up to renaming)"));
    }

    private static String many(long n) {
        return n > 1 ? " (" + n + " events)" : "";
    }

    private static String then(Optional<Original> event, String brief) {
        return event.isPresent() ? "; " + brief + " came instead" : "";
    }

    private static String instead(Optional<Original> event, String brief) {
        return event.isPresent() ? "; " + brief + " was due" : "";
    }
}
