package io.dettrace.server.otlp;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Ports on which OTLP is received. Each speaks HTTP/1.1 and HTTP/2 without TLS, so that each takes both forms of OTLP. */
public final class OtlpServer implements Closeable {
    /** What calls in progress get when the server stops. */
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private static final Duration IDLE = Duration.ofMinutes(5);
    /** Connections without a call are closed so soon once the server stops. */
    private static final Duration IDLE_WHEN_STOPPING = Duration.ofMillis(50);

    private static final int THREADS = 32;

    private final Server server;
    private final List<ServerConnector> connectors = new ArrayList<>();

    /**
     * Begins to receive.
     *
     * @param bind address to listen on
     * @param ports numbers, 0 for any free one
     * @throws IOException if a port cannot be had; the message says which
     */
    public OtlpServer(String bind, List<Integer> ports, ReceiverLimits limits, Receiver receiver) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
        threads.setName("otlp");
        server = new Server(threads);
        for (int port : ports) {
            connect(bind, port);
        }
        server.setHandler(new GracefulHandler(new OtlpHandler(receiver, limits)));
        server.addBean(new NetworkConnectionLimit(limits.connections(), server));
        server.setStopTimeout(DRAIN.toMillis());
        try {
            server.start();
        } catch (Exception e) {
            stop();
            throw new IOException("cannot listen on " + bind + " ports " + ports + ": " + rootMessage(e), e);
        }
    }

    private static String rootMessage(Throwable e) {
        return e.getCause() == null ? String.valueOf(e.getMessage()) : rootMessage(e.getCause());
    }

    private void connect(String bind, int port) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        HTTP2CServerConnectionFactory http2 = new HTTP2CServerConnectionFactory(http);
        http2.setMaxConcurrentStreams(128);
        http2.setInitialStreamRecvWindow(1 << 20);
        http2.setInitialSessionRecvWindow(16 << 20);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http), http2);
        connector.setHost(bind);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE.toMillis());
        connector.setShutdownIdleTimeout(IDLE_WHEN_STOPPING.toMillis());
        connectors.add(connector);
        server.addConnector(connector);
    }

    /** The ports in the order asked for. */
    public List<Integer> ports() {
        return connectors.stream().map(ServerConnector::getLocalPort).toList();
    }

    /** Takes no more calls, and waits a little for those in progress. */
    @Override
    public void close() throws IOException {
        stop();
    }

    private void stop() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("cannot stop: " + rootMessage(e), e);
        }
    }
}
