import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;

/**
 * Guava issue 1881: a value is loaded into a cache while another thread changes its source and invalidates the key.
 *
 * <p>{@code invalidate} finds the entry "currently loading" and leaves it, and the old value is stored after that. The
 * cache then serves the stale value for ever.
 */
public class GuavaIssue1881 {
    static volatile int source = 1;

    public static void main(String[] args) throws Exception {
        Cache<String, Integer> cache =
                CacheBuilder.newBuilder().concurrencyLevel(1).build();
        Thread reader = new Thread(() -> {
            try {
                cache.get("key", () -> source);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Thread writer = new Thread(() -> {
            source = 2;
            cache.invalidate("key");
        });
        reader.start();
        writer.start();
        reader.join();
        writer.join();
        int value = cache.get("key", () -> source);
        if (value != 2) {
            throw new IllegalStateException("the cache holds " + value + ", the source holds 2");
        }
    }
}
