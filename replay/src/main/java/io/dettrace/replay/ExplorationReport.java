package io.dettrace.replay;

import com.fasterxml.jackson.core.JsonGenerator;
import io.dettrace.replay.Exploration.Failure;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** What exploring found, as text and as JSON. */
public final class ExplorationReport {
    /** Name and version of the JSON form. */
    public static final String SCHEMA = "dettrace/exploration/1";

    private ExplorationReport() {}

    /**
     * The text for a person: without times, so that the same exploration gives the same bytes.
     *
     * @param folder where the runs are kept, for the hints; empty if they are not
     */
    public static String text(Exploration found, Optional<String> folder) {
        StringBuilder out = new StringBuilder();
        boolean none = found.failures().isEmpty();
        out.append(none ? "NO FAILURE FOUND" : "FAILURES FOUND")
                .append(none && found.allTroubled() > 0 ? ", BUT NOT ALL RUNS COULD BE CONTROLLED\n" : "\n");
        out.append(String.format(
                Locale.ROOT,
                "  base policy and %s: %d failing, %d distinct; %s\n",
                seeds(found.runs()),
                found.allFailing(),
                found.failures().size(),
                found.stopped()));
        out.append("  base policy: ").append(found.base().outcome().text()).append(", ");
        out.append(found.base().events())
                .append(" events, ")
                .append(found.base().decisions())
                .append(" decisions\n");
        if (found.trouble().isPresent()) {
            RunResult trouble = found.trouble().get();
            if (found.troubled() > 0) {
                out.append("  ").append(found.allTroubled());
                out.append(found.allTroubled() == 1 ? " run" : " runs").append(" could not be controlled, the first: ");
                out.append(trouble.outcome().text()).append('\n');
            }
            trouble.message()
                    .lines()
                    .forEach(line -> out.append("    ").append(line).append('\n'));
        }
        int number = 1;
        for (Failure f : found.failures()) {
            failure(out, f, number++, folder);
        }
        return out.toString();
    }

    private static String seeds(int count) {
        return count + (count == 1 ? " seed" : " seeds");
    }

    private static void failure(StringBuilder out, Failure f, int number, Optional<String> folder) {
        out.append('\n').append(number).append(". ").append(f.signature()).append('\n');
        if (!f.first().message().isEmpty()) {
            out.append("   ").append(f.first().message()).append('\n');
        }
        out.append("   ");
        if (f.seed() == Failure.BASE) {
            out.append("under the base policy");
            out.append(f.count() > 0 ? ", and with " + seeds(f.count()) : "");
        } else {
            out.append(f.count() == 1 ? "1 run, " : f.count() + " runs, first ")
                    .append("with seed ")
                    .append(f.seed());
        }
        int decisions = f.first().differences().size();
        out.append("; ")
                .append(decisions)
                .append(decisions == 1 ? " decision" : " decisions")
                .append('\n');
        if (!f.repeated()) {
            out.append("   its schedule did not fail again: something in the program is not controlled\n");
        } else if (folder.isPresent()) {
            out.append("   dettrace prove ")
                    .append(folder.get())
                    .append("/fail-")
                    .append(number)
                    .append(".schedule\n");
        }
    }

    /** The JSON for machines, without times either. */
    public static String json(Exploration found) throws IOException {
        return Json.document(json -> {
            json.writeStringField("schema", SCHEMA);
            json.writeNumberField("runs", found.runs());
            json.writeNumberField("failing", found.failing());
            json.writeNumberField("uncontrolled", found.troubled());
            json.writeStringField("stopped", found.stopped());
            json.writeObjectFieldStart("base");
            json.writeStringField("outcome", found.base().outcome().text());
            json.writeNumberField("events", found.base().events());
            json.writeNumberField("decisions", found.base().decisions());
            json.writeEndObject();
            json.writeArrayFieldStart("failures");
            for (Failure f : found.failures()) {
                failure(json, f);
            }
            json.writeEndArray();
        });
    }

    private static void failure(JsonGenerator json, Failure f) throws IOException {
        json.writeStartObject();
        json.writeStringField("signature", f.signature());
        json.writeStringField("message", f.first().message());
        if (f.seed() == Failure.BASE) {
            json.writeNullField("seed");
        } else {
            json.writeNumberField("seed", f.seed());
        }
        json.writeNumberField("runs", f.count());
        json.writeNumberField("decisions", f.first().differences().size());
        json.writeBooleanField("repeated", f.repeated());
        json.writeEndObject();
    }
}
