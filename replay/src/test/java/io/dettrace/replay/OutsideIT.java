package io.dettrace.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.InputException;
import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What comes from outside the program is recorded and given back: each program here meets an outside that answers otherwise
 * each time, or is gone when the run is replayed. Runs once the agent is packaged.
 */
class OutsideIT {
    private static final int REPETITIONS = 10;

    /** Its threads write to a file what they read: the output of a run in the foreground is not captured. */
    private static final String CLIENT = """
            import java.io.*;
            import java.net.*;

            public final class Client {
                private static int lines;

                public static void main(String[] args) throws Exception {
                    PrintStream out = new PrintStream(new FileOutputStream(args[1]));
                    Thread[] threads = new Thread[3];
                    for (int i = 0; i < threads.length; i++) {
                        int number = i;
                        threads[i] = new Thread(() -> {
                            try (Socket socket = new Socket("localhost", Integer.parseInt(args[0]))) {
                                socket.getOutputStream().write(("client " + number + "\\n").getBytes());
                                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
                                for (String line = in.readLine(); line != null; line = in.readLine()) {
                                    synchronized (Client.class) {
                                        out.println(++lines + " " + number + " " + line + " " + socket);
                                    }
                                }
                            } catch (IOException e) {
                                out.println(e);
                            }
                        });
                        threads[i].start();
                    }
                    for (int i = 0; i < 10; i++) {
                        Thread.sleep(5);
                        synchronized (Client.class) {
                            out.println("tick " + lines);
                        }
                    }
                    for (Thread thread : threads) {
                        thread.join();
                    }
                    out.println(new Object().hashCode());
                }
            }
            """;

    private static final String READER = """
            import java.io.*;
            import java.nio.file.*;

            public final class Reader {
                public static void main(String[] args) throws Exception {
                    PrintStream out = new PrintStream(new FileOutputStream(args[1]));
                    Path file = Path.of(args[0]);
                    out.println(Files.readAllLines(file));
                    try (FileInputStream in = new FileInputStream(args[0])) {
                        out.println(in.read() + " " + in.available() + " " + new String(in.readAllBytes()));
                    }
                    try (RandomAccessFile in = new RandomAccessFile(args[0], "r")) {
                        out.println(in.readLine() + " at " + in.getFilePointer());
                    }
                }
            }
            """;

    private static final String STARTER = """
            import java.io.*;

            public final class Starter {
                public static void main(String[] args) throws Exception {
                    PrintStream out = new PrintStream(new FileOutputStream(args[1]));
                    Process process = new ProcessBuilder(args[0], "-XX:+PrintCommandLineFlags", "-version").start();
                    process.getOutputStream().close();
                    out.println(new String(process.getErrorStream().readAllBytes()));
                    out.println(process.waitFor() + " " + process.pid() + " " + new Object().hashCode());
                }
            }
            """;

    @TempDir
    private Path folder;

    private Path agent;

    @BeforeEach
    void findAgent() throws IOException {
        agent = AgentJar.find();
    }

    private Path said() {
        return folder.resolve("said");
    }

    private Target target(String name, String source, String argument) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), file.toString()))
                .isZero();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new Target(
                List.of(java, "-cp", folder.toString(), name, argument, said().toString()), Map.of("watchdog", "5"));
    }

    private static Schedule seed(int seed) {
        return Schedule.builder()
                .header("policy", "random:0.3")
                .header("seed", Integer.toString(seed))
                .build();
    }

    /** Records the program, lets the outside change, and tells how the replay differs, if it does. */
    private String recordedAndReplayed(Target target, int seed, Outside outside) throws Exception {
        Path log = folder.resolve("run.jsonl");
        RunResult recorded = Recorder.record(target, seed(seed), agent, log, true);
        assertThat(recorded.outcome().text()).isEqualTo("ok");
        assertThat(folder.resolve("run.values")).isNotEmptyFile();
        String first = Files.readString(said());
        outside.change();
        Path again = folder.resolve("replayed.jsonl");
        Recorder.Replayed replayed = Recorder.replay(RecordedRun.open(log), agent, again, 0, false);
        if (replayed.difference().isPresent() || Files.mismatch(log, again) >= 0) {
            return "seed " + seed + ": " + replayed.difference();
        }
        String second = Files.readString(said());
        return second.equals(first) ? "" : "seed " + seed + ": said " + second + " instead of " + first;
    }

    private interface Outside {
        void change() throws Exception;
    }

    @Test
    void aClientIsReplayedAfterItsServerIsGone() throws Exception {
        List<String> wrong = new ArrayList<>();
        for (int seed = 1; seed <= REPETITIONS; seed++) {
            RandomServer server = new RandomServer();
            wrong.add(recordedAndReplayed(target("Client", CLIENT, server.port()), seed, server::close));
        }
        assertThat(wrong).containsOnly("");
    }

    @Test
    void aFileThatHasChangedSinceIsReadAsItWas() throws Exception {
        Path file = folder.resolve("data");
        Files.writeString(file, "as it was\nthen\n");
        Target target = target("Reader", READER, file.toString());
        assertThat(recordedAndReplayed(target, 1, () -> Files.writeString(file, "changed, and longer ".repeat(1_000))))
                .isEmpty();
        Files.writeString(file, "as it was\nthen\n");
        assertThat(recordedAndReplayed(target, 2, () -> Files.writeString(file, "")))
                .isEmpty();
    }

    @Test
    void aProcessIsNotStartedAgain() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path link = Files.createSymbolicLink(folder.resolve("command"), java);
        Target target = target("Starter", STARTER, link.toString());
        assertThat(recordedAndReplayed(target, 1, () -> Files.delete(link))).isEmpty();
    }

    @Test
    void otherBytesSentOutAreTheFirstDifference() throws Exception {
        RandomServer server = new RandomServer();
        Target target = target("Client", CLIENT, server.port());
        Recorder.record(target, seed(1), agent, folder.resolve("run.jsonl"), true);
        server.close();
        target("Client", CLIENT.replace("client \"", "CLIENT \""), server.port());
        Files.delete(folder.resolve("run.jsonl"));
        Recorder.Replayed replayed = Recorder.replay(
                RecordedRun.open(folder.resolve("run.schedule")), agent, folder.resolve("again.jsonl"), 0, false);
        assertThat(replayed.run().status()).isEqualTo(5);
        assertThat(replayed.run().outcome().detail()).contains("socket.write", "other bytes");
    }

    @Test
    void valuesThatAreMissingOrOthersAreRefusedAndNeverReplacedUnasked() throws Exception {
        Path file = Files.writeString(folder.resolve("data"), "text\n");
        Target target = target("Reader", READER, file.toString());
        Path log = folder.resolve("run.jsonl");
        Recorder.record(target, seed(1), agent, log, false);
        assertThatThrownBy(() -> Recorder.record(target, seed(1), agent, log, false))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("run.values: exists")
                .hasMessageContaining("--force");
        Path values = folder.resolve("run.values");
        Files.writeString(values, "dettrace-values 1\n");
        RecordedRun recorded = RecordedRun.open(log);
        assertThatThrownBy(() -> Recorder.replay(recorded, agent, folder.resolve("again.jsonl"), 0, false))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("run.values: is not the file");
        Files.delete(values);
        assertThatThrownBy(() -> Recorder.replay(recorded, agent, folder.resolve("again.jsonl"), 0, false))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--live-io");
        assertThat(Recorder.replay(recorded, agent, folder.resolve("again.jsonl"), 0, true)
                        .difference())
                .isEmpty();
    }

    /** Answers each client with random lines, and takes its time. */
    private static final class RandomServer {
        private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getByName("localhost"));
        private final SecureRandom random = new SecureRandom();

        RandomServer() throws IOException {
            start(() -> {
                while (true) {
                    Socket client = socket.accept();
                    start(() -> answer(client));
                }
            });
        }

        private interface Work {
            void run() throws Exception;
        }

        private static void start(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (Exception e) {
                    // The server has been closed, or the client has gone.
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        private void answer(Socket client) throws Exception {
            try (client) {
                client.getInputStream().read();
                for (int i = 0; i < 3; i++) {
                    Thread.sleep(random.nextInt(20));
                    byte[] bytes = new byte[8];
                    random.nextBytes(bytes);
                    client.getOutputStream()
                            .write((HexFormat.of().formatHex(bytes) + "\n").getBytes(StandardCharsets.US_ASCII));
                }
            }
        }

        String port() {
            return Integer.toString(socket.getLocalPort());
        }

        void close() throws IOException {
            socket.close();
        }
    }
}
