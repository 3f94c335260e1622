import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** GET requests at a fixed rate: URL, a second's requests, seconds. Prints how many were sent. */
final class HttpLoad {
    public static void main(String[] args) throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(args[0])).build();
        int rate = Integer.parseInt(args[1]);
        long begin = System.nanoTime();
        long sent = 0;
        while (sent < (long) rate * Integer.parseInt(args[2])) {
            client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
            sent++;
            long due = begin + sent * 1_000_000_000L / rate;
            Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
        }
        System.out.println(sent);
    }
}
