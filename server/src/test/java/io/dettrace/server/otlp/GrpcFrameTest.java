package io.dettrace.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages of gRPC that no SDK sends. */
class GrpcFrameTest {
    private static final String EXPORT = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    private static final int LIMIT = 3000;

    private final Recorded recorded = new Recorded();

    private String status(String path, int flag, int length, byte[] message, String... headers) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        try (OtlpServer server =
                new OtlpServer("localhost", List.of(0), new ReceiverLimits(LIMIT, 10 * LIMIT, 10), recorded)) {
            URI root = URI.create("http://localhost:" + server.ports().get(0));
            // The first exchange goes over to HTTP/2, as this client does not begin with it.
            client.send(
                    HttpRequest.newBuilder(root.resolve("/status")).build(), HttpResponse.BodyHandlers.discarding());
            byte[] frame = ByteBuffer.allocate(5 + message.length)
                    .put((byte) flag)
                    .putInt(length)
                    .put(message)
                    .array();
            HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(frame))
                    .header("Content-Type", "application/grpc");
            if (headers.length > 0) {
                request.headers(headers);
            }
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.headers().firstValue("grpc-status").orElse("in the trailers")
                    + (answer.headers().firstValue("grpc-status-details-bin").isPresent() ? " again" : "");
        }
    }

    @Test
    void anEmptyMessageIsTaken() throws Exception {
        assertThat(status(EXPORT, 0, 0, new byte[0])).isEqualTo("in the trailers");
        assertThat(recorded.sizes).containsExactly(0);
    }

    @Test
    void aMessageOfAnotherLengthIsInternal() throws Exception {
        assertThat(status(EXPORT, 0, 7, new byte[3])).isEqualTo("13");
    }

    @Test
    void aMessageThatIsNoOtlpIsAnInvalidArgument() throws Exception {
        assertThat(status(EXPORT, 0, 2, new byte[] {(byte) 0xff, 1})).isEqualTo("3");
    }

    @Test
    void aMessageAboveTheLimitIsExhaustedForGood() throws Exception {
        assertThat(status(EXPORT, 0, LIMIT + 1, new byte[LIMIT + 1])).isEqualTo("8");
        assertThat(recorded.tooLarge).hasValue(1);
    }

    @Test
    void overloadIsExhaustedForNow() throws Exception {
        recorded.refuse.set(1);
        assertThat(status(EXPORT, 0, 0, new byte[0])).isEqualTo("8 again");
    }

    @Test
    void aServerThatIsStoppingIsUnavailable() throws Exception {
        recorded.refusal = Receiver.State.STOPPING;
        recorded.refuse.set(1);
        assertThat(status(EXPORT, 0, 0, new byte[0])).isEqualTo("14 again");
    }

    @Test
    void unknownCompressionsAndMethodsAreUnimplemented() throws Exception {
        assertThat(status(EXPORT, 1, 0, new byte[0], "grpc-encoding", "snappy")).isEqualTo("12");
        assertThat(status("/other.Service/Export", 0, 0, new byte[0])).isEqualTo("12");
    }
}
