package io.dettrace.cli;

import io.dettrace.replay.ResultFolder;
import io.dettrace.replay.WholeFile;
import io.dettrace.report.EventExport;
import io.dettrace.report.Explanation;
import io.dettrace.report.JsonReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The artifacts of a comparison in a folder. Each is written beside its place and moved there whole, so that a reader
 * never sees half of one; the report is moved last. Files that DetTrace did not write, and inputs, are not replaced.
 */
final class Artifacts {
    private static final String REPORT = "divergence_report.json";
    private static final ResultFolder RESULTS = new ResultFolder(
            REPORT, JsonReport.SCHEMA, Pattern.compile("(expected|actual)\\.jsonl|divergence_report\\.json"));

    private final Path folder;

    private Artifacts(Path folder) {
        this.folder = folder;
    }

    /** Checks, before any work is done, that the artifacts may go to {@code folder}. */
    static Artifacts into(Path folder, boolean force, List<String> inputs) throws IOException {
        RESULTS.prepare(folder, force, inputs.stream().map(Path::of).toList());
        return new Artifacts(folder);
    }

    /** Writes the artifacts; {@code cause} is a proof's object, to be joined to the report. */
    void write(Explanation explanation, Optional<String> cause) throws IOException {
        long around = explanation.comparison().first().map(d -> d.index()).orElse(0L);
        put("expected.jsonl", w -> EventExport.write(explanation.baseline(), around, w));
        put("actual.jsonl", w -> EventExport.write(explanation.candidate(), around, w));
        String report =
                cause.isPresent() ? JsonReport.render(explanation, cause.get()) : JsonReport.render(explanation);
        put(REPORT, w -> w.write(report));
    }

    private void put(String name, WholeFile.Content content) throws IOException {
        WholeFile.write(folder.resolve(name), content);
    }
}
