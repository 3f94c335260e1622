package io.dettrace.server.otlp;

import io.dettrace.server.otlp.BodyException.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads a request's body as it comes, without a thread that waits for it. */
final class BodyReader implements Runnable {
    private final Request request;
    private final int limit;
    private final Budget.Lease lease;
    private final Handler handler;
    private byte[] bytes = {};
    private int size;

    /** What takes a body. */
    interface Handler {
        /** The body is there as it was sent. */
        void body(byte[] sent);

        /** There is no body; {@code cause} is a {@link BodyException}, or tells that the client is gone. */
        void failed(Throwable cause);
    }

    BodyReader(Request request, int limit, Budget.Lease lease, Handler handler) {
        this.request = request;
        this.limit = limit;
        this.lease = lease;
        this.handler = handler;
    }

    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                handler.failed(chunk.getFailure());
                return;
            }
            try {
                append(chunk.getByteBuffer());
            } catch (BodyException e) {
                handler.failed(e);
                return;
            } finally {
                chunk.release();
            }
            if (chunk.isLast()) {
                handler.body(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
                return;
            }
        }
    }

    private void append(ByteBuffer more) throws BodyException {
        int n = more.remaining();
        if (n > limit - size) {
            throw tooLarge(limit);
        }
        if (size + n > bytes.length) {
            int room = (int) Math.min(limit, Math.max(2L * bytes.length, size + Math.max(n, 4096)));
            grow(lease, room - bytes.length);
            bytes = Arrays.copyOf(bytes, room);
        }
        more.get(bytes, size, n);
        size += n;
    }

    private static void grow(Budget.Lease lease, long more) throws BodyException {
        if (!lease.grow(more)) {
            throw new BodyException(Problem.BUSY, "too much is under way");
        }
    }

    private static BodyException tooLarge(int limit) {
        return new BodyException(
                Problem.TOO_LARGE,
                "an export request has more than " + limit
                        + " bytes; send smaller batches, or start the server with a larger" + " --max-request");
    }

    /** Decompresses gzip. */
    static byte[] gunzip(byte[] sent, int limit, Budget.Lease lease) throws BodyException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(limit, 4 * sent.length + 64));
        byte[] part = new byte[1 << 14];
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(sent), part.length)) {
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                if (n > limit - out.size()) {
                    throw tooLarge(limit);
                }
                grow(lease, n);
                out.write(part, 0, n);
            }
        } catch (IOException e) {
            throw new BodyException(Problem.MALFORMED, "what says that it is gzip is not: " + e.getMessage());
        }
        return out.toByteArray();
    }
}
