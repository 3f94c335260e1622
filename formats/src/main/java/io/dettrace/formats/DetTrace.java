package io.dettrace.formats;

import io.dettrace.compare.CompareOptions;
import io.dettrace.compare.Progress;
import io.dettrace.compare.RunComparator;
import io.dettrace.normalize.Role;
import io.dettrace.report.Explanation;
import io.dettrace.timing.TimingComparison;
import io.dettrace.timing.TimingOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * The way in for programs: names the first incorrect event between a good run and a bad one.
 *
 * <pre>{@code
 * Explanation found = DetTrace.compare(Path.of("good.jsonl"), Path.of("bad.jsonl"));
 * found.comparison().first().ifPresent(d -> System.out.println(
 *         "event " + d.index() + " in lane " + d.lane() + ": " + found.sentence().orElseThrow()));
 * System.out.println(TextReport.render(found, false));
 * }</pre>
 *
 * <p>Inputs are files or folders of JSON lines, JSON documents or vector-clock logs, plain, gzip or Zstandard. How their
 * fields are understood is inferred; {@link ReadOptions} declares it instead. All methods throw {@link
 * io.dettrace.event.InputException}, whose message names the place, for input that cannot be read.
 */
public final class DetTrace {
    private DetTrace() {}

    /** Compares two files or folders with everything inferred. */
    public static Explanation compare(Path baseline, Path candidate) throws IOException {
        return compare(baseline, candidate, ReadOptions.DEFAULT, CompareOptions.DEFAULT);
    }

    /** Compares two files or folders. */
    public static Explanation compare(Path baseline, Path candidate, ReadOptions reading, CompareOptions options)
            throws IOException {
        try (Runs runs = new Runs(reading, InputStream.nullInputStream());
                RunPair pair = runs.open(baseline.toString(), candidate.toString())) {
            return compare(pair, options, Progress.NONE);
        }
    }

    /** Compares two runs that are open, and their timing. */
    public static Explanation compare(RunPair pair, CompareOptions options, TimingOptions timing, Progress progress)
            throws IOException {
        TimingComparison.Result found = TimingComparison.compare(
                pair.baseline(),
                pair.candidate(),
                options,
                timing,
                pair.mapping().fields(Role.KIND),
                progress);
        return Explanation.of(found.comparison(), found.timing(), pair.baseline(), pair.candidate(), pair.mapping());
    }

    /** Compares two runs that are open; large files that are the same bytes are not read as events. */
    public static Explanation compare(RunPair pair, CompareOptions options, Progress progress) throws IOException {
        if (pair.identicalBytes() >= 0) {
            return Explanation.ofIdentical(pair.baseline(), pair.candidate(), pair.mapping(), pair.identicalBytes());
        }
        return Explanation.of(
                RunComparator.compare(pair.baseline(), pair.candidate(), options, progress),
                pair.baseline(),
                pair.candidate(),
                pair.mapping());
    }
}
