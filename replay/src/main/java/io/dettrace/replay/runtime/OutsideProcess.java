package io.dettrace.replay.runtime;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/**
 * A process that the program has started, as the program sees it: each question to it is an exchange with the outside. On
 * replay there is no process, and all answers are recorded ones.
 */
public final class OutsideProcess extends Process {
    private final Process real;
    private final InputStream output;
    private final InputStream errors;
    private final OutputStream input;

    private OutsideProcess(Process real) {
        this.real = real;
        output = new OutsideInput(real == null ? null : real.getInputStream());
        errors = new OutsideInput(real == null ? null : real.getErrorStream());
        input = new OutsideOutput(real == null ? null : real.getOutputStream());
    }

    /** The process as the program sees it; itself if the calling thread is not under control. */
    public static Process wrap(Process real) {
        return real != null && Caller.me() == null ? real : new OutsideProcess(real);
    }

    @Override
    public OutputStream getOutputStream() {
        return input;
    }

    @Override
    public InputStream getInputStream() {
        return output;
    }

    @Override
    public InputStream getErrorStream() {
        return errors;
    }

    @Override
    public int waitFor() throws InterruptedException {
        if (IoHooks.enter(this, "process.wait")) {
            return (int) IoHooks.given();
        }
        try {
            int status = there().waitFor();
            IoHooks.took(status);
            return status;
        } catch (Throwable t) {
            IoHooks.threw(t);
            throw t;
        }
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
        if (IoHooks.enter(this, "process.wait")) {
            return IoHooks.given() != 0;
        }
        try {
            boolean ended = there().waitFor(timeout, unit);
            IoHooks.took(ended ? 1 : 0);
            return ended;
        } catch (Throwable t) {
            IoHooks.threw(t);
            throw t;
        }
    }

    @Override
    public int exitValue() {
        if (IoHooks.enter(this, "process.status")) {
            return (int) IoHooks.given();
        }
        try {
            int status = there().exitValue();
            IoHooks.took(status);
            return status;
        } catch (Throwable t) {
            IoHooks.threw(t);
            throw t;
        }
    }

    @Override
    public boolean isAlive() {
        if (IoHooks.enter(this, "process.alive")) {
            return IoHooks.given() != 0;
        }
        boolean alive = there().isAlive();
        IoHooks.took(alive ? 1 : 0);
        return alive;
    }

    @Override
    public long pid() {
        if (IoHooks.enter(this, "process.id")) {
            return IoHooks.given();
        }
        long id = there().pid();
        IoHooks.took(id);
        return id;
    }

    @Override
    public void destroy() {
        if (real != null) {
            real.destroy();
        }
    }

    @Override
    public Process destroyForcibly() {
        if (real != null) {
            real.destroyForcibly();
        }
        return this;
    }

    @Override
    public boolean supportsNormalTermination() {
        return real == null || real.supportsNormalTermination();
    }

    @Override
    public ProcessHandle toHandle() {
        return there().toHandle();
    }

    private Process there() {
        if (real == null) {
            throw new UnsupportedOperationException("dettrace: this is a replay, so there is no process to ask");
        }
        return real;
    }
}
