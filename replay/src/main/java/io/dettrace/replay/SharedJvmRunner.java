package io.dettrace.replay;

import io.dettrace.replay.schedule.Schedule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Runs many schedules in few JVMs, each run with classes loaded anew, which is ten times as fast as a process for each.
 * For searching: what such a run finds must be shown again in a process of its own, since a JVM that has run a program is
 * not quite like a new one. So runs whose log is wanted, and all runs of programs that cannot share a JVM, go to a
 * {@link ProcessRunner}, and all runs do if the program cannot share a JVM, which one schedule, tried in a new JVM and in a
 * used one, tells before the first.
 */
public final class SharedJvmRunner implements Runner {
    private final ProcessRunner processes;
    private final Optional<JavaCommand> command;
    private final Target target;
    private final Path agent;
    private final Path folder;
    private final Duration limit;
    private final AtomicLong runs = new AtomicLong();
    private final Deque<Server> idle = new ArrayDeque<>();
    private volatile String unfit;
    private boolean examined;

    /**
     * A runner.
     *
     * @param agent the agent's jar
     * @param limit the time after which a run is ended
     */
    public SharedJvmRunner(Target target, Path agent, Duration limit) throws IOException {
        processes = new ProcessRunner(target, agent, limit);
        command = JavaCommand.parse(target);
        this.target = target;
        this.agent = agent.toAbsolutePath();
        this.limit = limit;
        folder = Files.createTempDirectory("dettrace");
        if (command.isEmpty()) {
            unfit = "its command is not java with a class or a jar";
        }
    }

    /** Why every run has a process of its own, if that is so. */
    public Optional<String> whyProcesses() {
        return Optional.ofNullable(unfit);
    }

    @Override
    public int parallelism() {
        return processes.parallelism();
    }

    @Override
    public RunResult run(RunRequest request) throws IOException, InterruptedException {
        if (!request.log()) {
            examine();
        }
        if (request.log() || unfit != null) {
            return processes.run(request);
        }
        Server server = borrow();
        boolean keep = false;
        try {
            Path stem = folder.resolve("run-" + runs.incrementAndGet());
            Answer answer = server.run(request, stem);
            keep = answer.kind.equals("done");
            if (answer.kind.equals("unfit")) {
                unfit = answer.rest;
                return processes.run(request);
            }
            return answer.result;
        } finally {
            giveBack(server, keep);
        }
    }

    /** Runs one schedule in a JVM of its own and in one that has run the program before: it must not tell them apart. */
    private synchronized void examine() throws IOException, InterruptedException {
        if (examined || unfit != null) {
            return;
        }
        examined = true;
        RunRequest probe = RunRequest.seeded("random:0.3", 0, 0, true);
        RunResult alone = processes.run(probe);
        Server server = new Server();
        boolean keep = false;
        try {
            Answer before = server.run(RunRequest.scripted(List.of(), false), folder.resolve("before"));
            Answer shared = before.kind.equals("done") ? server.run(probe, folder.resolve("probe")) : before;
            keep = shared.kind.equals("done") && same(alone, shared.result);
            if (shared.kind.equals("unfit")) {
                unfit = shared.rest;
            } else if (!keep) {
                unfit = "what it does depends on what ran before it in its JVM";
            }
        } finally {
            giveBack(server, keep);
        }
    }

    private static boolean same(RunResult alone, RunResult shared) {
        return alone.logDigest().equals(shared.logDigest())
                && alone.outcome().signature().equals(shared.outcome().signature())
                && (!alone.outcome().passed() || alone.output().equals(shared.output()));
    }

    private Server borrow() throws IOException {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
        }
        return new Server();
    }

    private void giveBack(Server server, boolean keep) {
        if (keep) {
            synchronized (idle) {
                idle.push(server);
            }
        } else {
            server.end();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (idle) {
            idle.forEach(Server::end);
            idle.clear();
        }
        // A run that was given up may have left files.
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
        processes.close();
    }

    private record Answer(String kind, String rest, RunResult result) {}

    /** A JVM that runs one schedule after another. */
    private final class Server {
        private final Process process;
        private final Writer requests;
        private final BufferedReader answers;
        private final Thread atExit = new Thread(this::destroy);

        Server() throws IOException {
            Path control = folder.resolve("worker.control");
            synchronized (folder) {
                if (!Files.exists(control)) {
                    Schedule.Builder options = Schedule.builder();
                    target.options().forEach(options::header);
                    options.header("scope", "worker").build().write(control);
                }
            }
            List<String> words = LaunchCommand.of(
                            new Target(command.orElseThrow().served(), target.options()), agent, control, true, 0)
                    .words();
            process = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            requests = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
            answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            Runtime.getRuntime().addShutdownHook(atExit);
        }

        Answer run(RunRequest request, Path stem) throws IOException, InterruptedException {
            Path control = Path.of(stem + ".control");
            Path made = Path.of(stem + ".schedule");
            Path out = Path.of(stem + ".out");
            Path err = Path.of(stem + ".err");
            Path events = Path.of(stem + ".jsonl");
            Optional<Path> log = request.log() ? Optional.of(events) : Optional.empty();
            ProcessRunner.controlFile(target, request.control(), made, log).toBuilder()
                    .header("scope", "main")
                    .header("worker", "true")
                    .header("out", out.toString())
                    .header("err", err.toString())
                    .build()
                    .write(control);
            try {
                String line = ask(control.toString());
                int space = line.indexOf(' ');
                String kind = space < 0 ? line : line.substring(0, space);
                String rest = line.substring(space + 1);
                if (kind.equals("unfit")) {
                    return new Answer(kind, rest, null);
                }
                boolean timedOut = kind.equals("timeout");
                String output = text(out) + text(err);
                int status = timedOut || kind.equals("lost") ? 0 : Integer.parseInt(rest);
                var ended = new ChildProcess.Ended(status, timedOut, output, "");
                return new Answer(kind, rest, ProcessRunner.result(target, ended, request.control(), made, log));
            } finally {
                for (Path file : List.of(control, made, out, err, events)) {
                    Files.deleteIfExists(file);
                }
            }
        }

        /** The JVM's answer; {@code timeout} or {@code lost} if it gives none. */
        private String ask(String control) throws InterruptedException {
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            requests.write(control + "\n");
                            requests.flush();
                            String line = answers.readLine();
                            return line == null ? "lost" : line;
                        } catch (IOException e) {
                            return "lost";
                        }
                    },
                    task -> {
                        Thread thread = new Thread(task, "dettrace-worker");
                        thread.setDaemon(true);
                        thread.start();
                    });
            try {
                return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return "timeout";
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }

        private String text(Path file) throws IOException {
            if (!Files.exists(file)) {
                return "";
            }
            byte[] bytes = Files.readAllBytes(file);
            int from = Math.max(0, bytes.length - ChildProcess.KEPT_OUTPUT);
            return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        }

        private void destroy() {
            List<ProcessHandle> started = new ArrayList<>(process.descendants().toList());
            process.destroyForcibly();
            started.forEach(ProcessHandle::destroyForcibly);
        }

        void end() {
            destroy();
            try {
                Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException e) {
                // This process is ending, and the hook does its work.
            }
        }
    }
}
