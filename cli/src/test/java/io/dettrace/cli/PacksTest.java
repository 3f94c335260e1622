package io.dettrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The incident packs of the repository: each names its true first incorrect event. */
class PacksTest {
    static final Path FOLDER = Path.of("..", "packs");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The packs' names, in the order in which they are listed. */
    static List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(FOLDER)) {
            return entries.filter(Files::isDirectory)
                    .map(p -> p.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void packsListsAllTen() {
        StringWriter out = new StringWriter();
        int status = Main.run(new PrintWriter(out), new PrintWriter(new StringWriter()), "packs");

        assertThat(status).isZero();
        assertThat(out.toString().lines().map(line -> line.split(" ", 2)[0]))
                .containsExactly(
                        "cascading-timeouts",
                        "dma-ordering",
                        "failover-edge",
                        "gpio-interrupt-race",
                        "misordered-recovery",
                        "register-write-ordering",
                        "retry-storm",
                        "task-race",
                        "timer-missed-tick",
                        "uart-stuck-interrupt");
        assertThat(out.toString().lines()).allMatch(line -> line.matches("\\S+ +\\S.*"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "cascading-timeouts,      4, /type,              SERVER_RECEIVE,    TIMEOUT",
        "cascading-timeouts,      4, /service,           profile-service,   profile-service",
        "cascading-timeouts,      4, /failure_reason,    '',                tcp_connect_timeout",
        "retry-storm,             2, /type,              SERVER_RECEIVE,    NETWORK_ERROR",
        "retry-storm,             2, /service,           auth-service,      auth-service",
        "retry-storm,             2, /failure_reason,    '',                dns_failure",
        "misordered-recovery,     2, /type,              RECOVERY,          RECOVERY",
        "misordered-recovery,     2, /service,           checkout-b,        checkout-a",
        "misordered-recovery,     2, /failure_reason,    stable_recovery,   instance_marked_healthy_early",
        "failover-edge,           1, /type,              SERVER_RECEIVE,    NETWORK_ERROR",
        "failover-edge,           1, /service,           inventory-primary, inventory-primary",
        "task-race,               5, /type,              TASK_DEQUEUED,     TASK_DEQUEUED",
        "task-race,               5, /task,              1,                 2",
        "gpio-interrupt-race,     3, /event_type,        gpio_ack,          gpio_edge",
        "gpio-interrupt-race,     3, /service,           firmware,          gpio-controller",
        "timer-missed-tick,       1, /event_type,        irq_assert,        tick_miss",
        "timer-missed-tick,       1, /service,           firmware,          timer",
        "uart-stuck-interrupt,    4, /event_type,        irq_clear,         register_read",
        "uart-stuck-interrupt,    4, /service,           firmware,          firmware",
        "dma-ordering,            1, /metadata/register, DMA_DST,           DMA_START",
        "dma-ordering,            1, /service,           firmware,          firmware",
        "register-write-ordering, 0, /metadata/register, CONTROL,           MODE",
        "register-write-ordering, 0, /service,           firmware,          firmware"
    })
    void firstDivergenceIsTheTrueOne(String pack, int index, String field, String expected, String actual)
            throws IOException {
        JsonNode report = compare(pack);

        assertThat(report.get("first_divergence_index").asInt()).isEqualTo(index);
        assertThat(report.at("/expected" + field).asText()).isEqualTo(expected);
        assertThat(report.at("/actual" + field).asText()).isEqualTo(actual);
        assertThat(report.get("roots")).hasSize(1);
    }

    /** The texts give the fault away, so they must not be needed. */
    @ParameterizedTest
    @CsvSource({
        "gpio-interrupt-race, 3",
        "timer-missed-tick, 1",
        "uart-stuck-interrupt, 4",
        "dma-ordering, 1",
        "register-write-ordering, 0"
    })
    void firstDivergenceIsTheSameWithoutMessages(String pack, int index) throws IOException {
        JsonNode report = compare(pack, "--ignore", "message");

        assertThat(report.get("first_divergence_index").asInt()).isEqualTo(index);
    }

    /** The status and the reason of a failure give it away, so they must not be needed. */
    @ParameterizedTest
    @CsvSource({"cascading-timeouts, 4", "retry-storm, 2", "misordered-recovery, 2", "failover-edge, 1"})
    void firstDivergenceIsTheSameWithoutStatusAndReason(String pack, int index) throws IOException {
        JsonNode report = compare(pack, "--ignore", "status,failure_reason");

        assertThat(report.get("first_divergence_index").asInt()).isEqualTo(index);
    }

    @ParameterizedTest
    @MethodSource("names")
    void manifestSaysWhatItIsAndWhereItIsFrom(String pack) throws IOException {
        Properties manifest = new Properties();
        try (InputStream in = Files.newInputStream(FOLDER.resolve(pack).resolve(Pack.MANIFEST))) {
            manifest.load(in);
        }

        assertThat(manifest.stringPropertyNames()).contains("title", "description", "source", "licence");
        assertThat(manifest.getProperty("licence")).contains("LICENSE.seed");
        assertThat(manifest.stringPropertyNames()).doesNotContain("mapping");
    }

    @Test
    void packMayNotReachOutOfItsFolder(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve(Pack.MANIFEST), "input = ../secret.json\n");
        StringWriter err = new StringWriter();

        int status = Main.run(
                new PrintWriter(new StringWriter()), new PrintWriter(err), "compare", "--pack", folder.toString());

        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains("leads out of the pack");
    }

    private static JsonNode compare(String pack, String... options) throws IOException {
        return JSON.readTree(compareText(pack, options));
    }

    /** The JSON report of a pack, which must be about runs that diverged. */
    static String compareText(String pack, String... options) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> arguments = new ArrayList<>(
                List.of("compare", "--pack", FOLDER.resolve(pack).toString(), "--format", "json"));
        arguments.addAll(List.of(options));
        int status = Main.run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
        assertThat(err.toString()).isEmpty();
        assertThat(status).isEqualTo(1);
        return out.toString();
    }
}
