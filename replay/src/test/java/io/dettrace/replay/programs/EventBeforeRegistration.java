package io.dettrace.replay.programs;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A source is started before its listener is registered; what it publishes meanwhile reaches nobody.
 *
 * <p>Source: the order violation of Lu et al., ASPLOS 2008, as event code makes it.
 */
public final class EventBeforeRegistration {
    private static final List<Consumer<String>> LISTENERS = new CopyOnWriteArrayList<>();
    private static volatile String heard = "nothing";

    private EventBeforeRegistration() {}

    public static void main(String[] args) throws InterruptedException {
        Consumer<String> listener = event -> heard = event;
        Thread source = new Thread(EventBeforeRegistration::publish, "source");
        source.start(); // fault: begin
        LISTENERS.add(listener); // fault: end
        source.join();
        System.out.println("heard " + heard);
        if (!heard.equals("ready")) {
            throw new IllegalStateException("the event was published before the registration");
        }
    }

    private static void publish() {
        for (Consumer<String> listener : LISTENERS) { // fault: intruder
            listener.accept("ready");
        }
    }
}
