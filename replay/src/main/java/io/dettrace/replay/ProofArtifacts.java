package io.dettrace.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.dettrace.compare.CompareOptions;
import io.dettrace.event.InputException;
import io.dettrace.formats.DetTrace;
import io.dettrace.formats.ReadOptions;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.report.Explanation;
import io.dettrace.report.JsonReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The artifacts of a proof in a folder: the passing run as {@code expected.jsonl} and {@code expected.schedule}, the failing
 * one as {@code actual.jsonl} and {@code actual.schedule}, both of which can be replayed, and {@code
 * divergence_report.json}, the comparison of the two with the proof under {@code cause}.
 */
public final class ProofArtifacts {
    private static final String REPORT = "divergence_report.json";
    private static final String PASSING = "expected";
    private static final String FAILING = "actual";
    private static final ResultFolder RESULTS = new ResultFolder(
            REPORT,
            JsonReport.SCHEMA,
            Pattern.compile("(expected|actual)\\.(jsonl|schedule)|divergence_report\\.json"));

    private final Path folder;

    private ProofArtifacts(Path folder) {
        this.folder = folder;
    }

    /**
     * Checks, before any work is done, that the artifacts may go to a folder, and makes it.
     *
     * @param force true to replace what DetTrace did not write
     * @param proved the run that is proved, which must not be replaced
     */
    public static ProofArtifacts into(Path folder, boolean force, RecordedRun proved) throws IOException {
        List<Path> inputs =
                Stream.concat(Stream.of(proved.file()), proved.log().stream()).toList();
        RESULTS.prepare(folder, force, inputs);
        return new ProofArtifacts(folder);
    }

    /** Writes the artifacts of a proof that has both runs; the report last, and whole. */
    public void write(Target target, Proof proof) throws IOException {
        RunResult passing = proof.passing().orElseThrow();
        RunResult failing = proof.failing().orElseThrow();
        Path expected = log(RecordedRun.keep(target, passing, folder, PASSING));
        Path actual = log(RecordedRun.keep(target, failing, folder, FAILING));
        Explanation explanation = DetTrace.compare(expected, actual, reading(), CompareOptions.DEFAULT);
        String report = JsonReport.render(explanation, ProofJson.render(proof));
        WholeFile.write(folder.resolve(REPORT), writer -> writer.write(report));
    }

    /**
     * The proof in a report, as the text of a JSON object.
     *
     * @throws InputException if the file holds none
     */
    public static String cause(Path report) throws IOException {
        String text = Files.readString(report, StandardCharsets.UTF_8);
        try (JsonParser json = new JsonFactory().createParser(text)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    boolean wanted = json.currentName().equals("cause");
                    boolean object = json.nextToken() == JsonToken.START_OBJECT;
                    int from = (int) json.currentTokenLocation().getCharOffset();
                    json.skipChildren();
                    if (wanted && object) {
                        return text.substring(
                                from, (int) json.currentTokenLocation().getCharOffset() + 1);
                    }
                }
            }
        } catch (JsonProcessingException e) {
            throw new InputException(report + ": is not JSON: " + e.getOriginalMessage(), e);
        }
        throw new InputException(
                report + ": holds no proof; expected the divergence_report.json of dettrace prove, with an"
                        + " object 'cause'");
    }

    private static Path log(RecordedRun kept) throws IOException {
        return kept.log().orElseThrow(() -> new IOException("the run left no event log"));
    }

    /** The two runs are the same up to the decision, so the recorded order is what is compared. */
    private static ReadOptions reading() {
        Mapping mapping = Mapping.builder()
                .field(Role.KIND, "op", "events of a recorded run")
                .build();
        return ReadOptions.DEFAULT.withMapping(mapping).inRecordedOrder();
    }
}
