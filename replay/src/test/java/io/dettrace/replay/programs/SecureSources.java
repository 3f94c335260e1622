package io.dettrace.replay.programs;

import java.security.SecureRandom;
import java.util.UUID;

/** Random identifiers by SecureRandom and UUID.randomUUID, in main and in a thread. */
public final class SecureSources {
    private SecureSources() {}

    public static void main(String[] args) throws Exception {
        SecureRandom random = new SecureRandom();
        Thread thread = new Thread(() -> System.out.println(UUID.randomUUID()), "identifiers");
        thread.start();
        thread.join();
        System.out.println(random.nextInt());
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        StringBuilder hex = new StringBuilder();
        for (byte b : bytes) {
            hex.append(String.format("%02x", b));
        }
        System.out.println(hex);
        System.out.println(UUID.randomUUID());
        System.out.println(new SecureRandom().nextLong());
    }
}
