package io.dettrace.normalize;

import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The digest that events of a kind have in {@link io.dettrace.event.EventBlock#kind}, from the kind's name. */
public final class KindDigest {
    private KindDigest() {}

    /**
     * The digests that events of a kind may have: values that look like numbers may be numbers or texts.
     *
     * @param kindPaths paths of the fields that make the kind
     * @param name values of those fields, parted by {@code " | "}, with nothing for a field that is not there
     */
    public static int[] of(List<String> kindPaths, String name) {
        String[] parts = kindPaths.size() == 1 ? new String[] {name} : name.split(" \\| ", -1);
        long texts = 0;
        long numbers = 0;
        for (int i = 0; i < kindPaths.size() && i < parts.length; i++) {
            if (!parts[i].isEmpty() || kindPaths.size() == 1) {
                byte[] path = kindPaths.get(i).getBytes(StandardCharsets.UTF_8);
                long seed = Hashing.xxh3_64().hashBytesToLong(path);
                byte[] value = parts[i].getBytes(StandardCharsets.UTF_8);
                texts += ValueDigest.mix(seed, ValueDigest.of(value, 0, value.length));
                boolean number = parts[i].matches("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
                numbers += ValueDigest.mix(
                        seed,
                        number ? ValueDigest.ofNumber(value, 0, value.length) : ValueDigest.of(value, 0, value.length));
            }
        }
        return new int[] {fold(texts), fold(numbers)};
    }

    private static int fold(long kind) {
        return (int) (kind ^ kind >>> 32);
    }
}
