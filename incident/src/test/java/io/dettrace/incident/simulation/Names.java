package io.dettrace.incident.simulation;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Made-up words that say nothing of what they name, each once. */
final class Names {
    private static final String[] SYLLABLES = {
        "ka", "vo", "li", "ra", "mu", "ten", "so", "pi", "del", "fa", "no", "qui", "ber", "za", "hu", "gor", "ly", "we",
        "sta", "mer"
    };

    private final Random random;
    private final Set<String> used = new HashSet<>();

    Names(Random random) {
        this.random = random;
    }

    String next() {
        while (true) {
            StringBuilder word = new StringBuilder();
            for (int i = 2 + random.nextInt(2); i > 0; i--) {
                word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
            }
            if (used.add(word.toString())) {
                return word.toString();
            }
        }
    }
}
