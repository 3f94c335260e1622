package io.dettrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as a process: how it begins, ends, is killed and goes on. */
class ServeCommandTest {
    private static final Pattern HTTP_PORT = Pattern.compile("listening on \\S+, gRPC \\d+, HTTP (\\d+)");

    @TempDir
    private Path folder;

    private Process start(Path err) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of("serve", "--grpc-port", "0", "--http-port", "0", "--data", "data"));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(err.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int port(Process process, Path err) throws Exception {
        while (process.isAlive()) {
            Matcher listening = HTTP_PORT.matcher(Files.readString(err));
            if (listening.find()) {
                return Integer.parseInt(listening.group(1));
            }
            Thread.sleep(20);
        }
        throw new AssertionError(Files.readString(err));
    }

    private static void sendSpan(int port) throws Exception {
        long now = System.currentTimeMillis() * 1_000_000;
        String span =
                "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"5b8efff798038103d269b633813fc60c\","
                        + "\"spanId\":\"eee19b7ec3c1b174\",\"name\":\"GET /\",\"startTimeUnixNano\":\"" + now
                        + "\",\"endTimeUnixNano\":\"" + now + "\"}]}]}]}";
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/traces"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(span))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatIsReceivedSurvivesKillAndTermination() throws Exception {
        Path first = folder.resolve("first.txt");
        Process killed = start(first);
        sendSpan(port(killed, first));
        killed.destroyForcibly().waitFor();

        Path second = folder.resolve("second.txt");
        Process terminated = start(second);
        sendSpan(port(terminated, second));
        terminated.destroy();
        assertThat(terminated.waitFor()).isEqualTo(128 + 15);
        assertThat(Files.readString(second))
                .contains("goes on where it ended: 0 windows of the baseline, 1 spans")
                .contains("received 1 spans");

        Path third = folder.resolve("third.txt");
        Process last = start(third);
        port(last, third);
        last.destroyForcibly().waitFor();
        assertThat(Files.readString(third)).contains("goes on where it ended: 0 windows of the baseline, 2 spans");
    }

    @Test
    void aPortInUseIsTrouble() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThat(serve("--no-data", "--bind", "0.0.0.0", "--http-port", Integer.toString(taken.getLocalPort())))
                    .startsWith("2 ")
                    .contains("cannot listen on 0.0.0.0");
        }
    }

    @Test
    void optionsOutOfTheirRangesAreTrouble() {
        assertThat(serve("--no-data", "--hold", "20")).startsWith("2 ").contains("the lateness is at least the hold");
        assertThat(serve("--no-data", "--max-request", "0"))
                .startsWith("2 ")
                .contains("--max-request must be 1 to 256");
        assertThat(serve("--no-data", "--disk", "31")).startsWith("2 ").contains("--disk must be twice");
    }

    private static String serve(String... options) {
        List<String> args = new ArrayList<>(List.of("serve", "--grpc-port", "0"));
        args.addAll(List.of(options));
        StringWriter err = new StringWriter();
        int status =
                Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), args.toArray(String[]::new));
        return status + " " + err;
    }
}
