package io.dettrace.replay.programs;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** Maps and sets whose keys have no hash code of their own: the order of iteration follows identity hashes. */
public final class IdentityKeys {
    private static final class Session {
        private final String user;

        private Session(String user) {
            this.user = user;
        }
    }

    private enum Color {
        RED,
        GREEN,
        BLUE
    }

    private IdentityKeys() {}

    public static void main(String[] args) throws InterruptedException {
        Map<Session, Integer> visits = new HashMap<>();
        Map<Object, String> names = new IdentityHashMap<>();
        Thread filler = new Thread(
                () -> {
                    for (int i = 0; i < 6; i++) {
                        Session session = new Session("user" + i);
                        visits.put(session, i);
                        names.put(session, "name" + i);
                    }
                },
                "filler");
        filler.start();
        filler.join();
        StringBuilder order = new StringBuilder();
        for (Session session : visits.keySet()) {
            order.append(session.user).append(' ');
        }
        System.out.println(order.toString().trim());
        System.out.println(names.values());
        Set<Color> colors = new HashSet<>(Set.of(Color.values()));
        System.out.println(colors + " " + new HashSet<Class<?>>(Set.of(String.class, Long.class, int[].class)));
    }
}
