package io.dettrace.replay;

import io.dettrace.event.InputException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The oracles of the command line. */
public final class Oracles {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** From this exit status on a shell says that a command gave no status of its own: it could not be executed. */
    private static final int NOT_EXECUTABLE = 126;

    private static final int NOT_FOUND = 127;

    private Oracles() {}

    /**
     * The oracles that a program's options name.
     *
     * @throws InputException if a regular expression cannot be understood
     */
    public static Oracle of(Target target) throws InputException {
        String command = target.options().get("oracle");
        String regex = target.options().get("fail-if-output");
        Oracle onOutput = regex == null ? Oracle.NONE : output(regex);
        return command == null ? onOutput : both(onOutput, command(command));
    }

    /** Wrong where the program's output has a match of a regular expression. */
    static Oracle output(String regex) throws InputException {
        Pattern pattern;
        try {
            pattern = Pattern.compile(regex, Pattern.MULTILINE);
        } catch (PatternSyntaxException e) {
            throw new InputException(
                    "--fail-if-output: '" + regex + "' is no regular expression: " + e.getDescription());
        }
        return new Oracle() {
            @Override
            public boolean readsLog() {
                return false;
            }

            @Override
            public Optional<String> wrong(RunResult run) {
                return pattern.matcher(run.output()).find() ? Optional.of("output has " + regex) : Optional.empty();
            }
        };
    }

    /** Wrong where a command, given the event log's name, ends with a status of 1 to 125; above that it gave no verdict. */
    static Oracle command(String command) {
        return new Oracle() {
            @Override
            public boolean readsLog() {
                return true;
            }

            @Override
            public Optional<String> wrong(RunResult run) throws IOException, InterruptedException {
                Path log = run.log().orElseThrow(() -> new IOException("the run left no event log for the oracle"));
                ChildProcess.Ended ended = ChildProcess.captured(shell(command, log), LIMIT);
                if (ended.timedOut()) {
                    throw new InputException(
                            "the oracle '" + command + "' did not end within " + LIMIT.toSeconds() + " s");
                }
                if (ended.status() >= NOT_EXECUTABLE) {
                    throw noVerdict(command, ended);
                }
                return ended.status() == 0
                        ? Optional.empty()
                        : Optional.of("status " + ended.status() + " of " + command);
            }
        };
    }

    private static InputException noVerdict(String command, ChildProcess.Ended ended) {
        int status = ended.status();
        String how = status == NOT_EXECUTABLE
                ? "cannot be executed"
                : status == NOT_FOUND ? "was not found" : "crashed with status " + status;
        return new InputException("the oracle '" + command + "' " + how + ", so it gave no verdict: "
                + ended.output().strip());
    }

    private static LaunchCommand shell(String command, Path log) {
        List<String> words = File.separatorChar == '/'
                ? List.of("/bin/sh", "-c", command + " \"$1\"", "oracle", log.toString())
                : List.of("cmd", "/c", command, log.toString());
        return new LaunchCommand(words, Map.of());
    }

    private static Oracle both(Oracle first, Oracle second) {
        return new Oracle() {
            @Override
            public boolean readsLog() {
                return first.readsLog() || second.readsLog();
            }

            @Override
            public Optional<String> wrong(RunResult run) throws IOException, InterruptedException {
                Optional<String> said = first.wrong(run);
                return said.isPresent() ? said : second.wrong(run);
            }
        };
    }
}
