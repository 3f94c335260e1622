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

    /** Wrong where a command, given the event log's name, ends with another status than 0. */
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
                    throw new IOException(
                            "the oracle '" + command + "' did not end within " + LIMIT.toSeconds() + " s");
                }
                return ended.status() == 0
                        ? Optional.empty()
                        : Optional.of("status " + ended.status() + " of " + command);
            }
        };
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
