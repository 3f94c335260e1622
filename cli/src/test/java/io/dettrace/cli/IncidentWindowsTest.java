package io.dettrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code incident} on two windows of a real system, one with a fault that was put in. */
class IncidentWindowsTest {
    private static final Path WINDOWS = Path.of("src", "test", "resources", "io", "dettrace", "cli", "incident");
    private static final Path BASELINE = WINDOWS.resolve("baseline");
    private static final Path FAULT = WINDOWS.resolve("fault");
    private static final Path SCHEMA = Path.of("..", "docs", "reference", "incident_windows_report.schema.json");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Object... arguments) {
        out.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("incident"));
        for (Object argument : arguments) {
            all.add(argument.toString());
        }
        return Main.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
    }

    @Test
    void theServiceAndTheRegionOfTheExceptionThatWasPutInComeFirst() {
        assertThat(run(BASELINE, FAULT)).isEqualTo(Main.DIVERGED);
        assertThat(out.toString()).startsWith("INCIDENT: ts-route-service\n");
        String[] lines = out.toString().split("\n");
        int first = List.of(lines)
                .indexOf("  1  ts-route-service  "
                        + out.toString().replaceAll("(?s).*\n  1  ts-route-service  (\\S+)\n.*", "$1"));
        assertThat(lines[first + 1])
                .contains("after 'RouteController.queryByIds start'")
                .contains("instead of 'r.c.RouteController#53'")
                .contains("36 of 36 requests");
    }

    @Test
    void aWindowAgainstItselfIsNoIncident() {
        assertThat(run(BASELINE, BASELINE)).isEqualTo(Main.EQUIVALENT);
        assertThat(out.toString()).startsWith("NO INCIDENT\n");
    }

    @Test
    void theReportsAreWrittenByTheirSchemaAndAreTheSameOnEveryRun() throws IOException {
        run(BASELINE, FAULT, "--out", folder.resolve("reports"));
        String json = Files.readString(folder.resolve("reports").resolve("distributed_incident_report.json"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(SCHEMA))
                        .validate(json, InputFormat.JSON))
                .isEmpty();
        assertThat(folder.resolve("reports").resolve("distributed_incident_report.md"))
                .content()
                .startsWith("# Incident: ts-route-service\n");

        Locale usual = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            run(BASELINE, FAULT, "--format", "json");
        } finally {
            Locale.setDefault(usual);
        }
        assertThat(out.toString().strip()).isEqualTo(json.strip());
    }

    @Test
    void aLevelThatIsNoShareIsRefused() {
        assertThat(run(BASELINE, FAULT, "--level", "1")).isEqualTo(Main.TROUBLE);
    }
}
