import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A small HTTP service: works for some milliseconds, then asks the next service if there is one. While the file of its fault is
 * there, it works longer ({@code slow}) or answers 500 every third time ({@code failing}).
 */
final class ShopService {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Arguments: PORT FAULT_FILE [NEXT_URL]. */
    public static void main(String[] args) throws IOException {
        Path fault = Path.of(args[1]);
        String next = args.length > 2 ? args[2] : "";
        HttpServer server = HttpServer.create(new InetSocketAddress("localhost", Integer.parseInt(args[0])), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                handle(exchange, fault, next);
            }
        });
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.start();
    }

    private static void handle(HttpExchange exchange, Path fault, String next) throws IOException {
        String kind = Files.exists(fault) ? Files.readString(fault).strip() : "";
        int status = 200;
        try {
            Thread.sleep(2 + ThreadLocalRandom.current().nextInt(4) + (kind.equals("slow") ? 40 : 0));
            if (kind.equals("failing") && ThreadLocalRandom.current().nextInt(3) == 0) {
                status = 500;
            } else if (!next.isEmpty()) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(next)).build();
                status = CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.sendResponseHeaders(status, -1);
    }
}
