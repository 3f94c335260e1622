package io.dettrace.replay;

import java.io.IOException;
import java.util.Optional;

/** A runner whose runs are also judged by an oracle. */
public final class JudgedRunner implements Runner {
    private final Runner runner;
    private final Oracle oracle;

    /** Judges the runs of another runner. */
    public JudgedRunner(Runner runner, Oracle oracle) {
        this.runner = runner;
        this.oracle = oracle;
    }

    @Override
    public RunResult run(RunRequest request) throws IOException, InterruptedException {
        boolean log = request.log() || oracle.readsLog();
        RunResult result = runner.run(new RunRequest(request.control(), log));
        if (result.outcome().passed()) {
            Optional<String> wrong = oracle.wrong(result);
            if (wrong.isPresent()) {
                result = result.withOutcome(new Outcome(Outcome.Kind.ORACLE, wrong.get()));
            }
        }
        return request.log() ? result : result.withoutLog();
    }

    @Override
    public int parallelism() {
        return runner.parallelism();
    }

    @Override
    public void close() throws IOException {
        runner.close();
    }
}
