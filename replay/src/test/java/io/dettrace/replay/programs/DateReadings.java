package io.dettrace.replay.programs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;

/** The time of day by java.time and java.util.Date, in main and in a thread. */
public final class DateReadings {
    private DateReadings() {}

    public static void main(String[] args) throws InterruptedException {
        Instant before = Instant.now();
        System.out.println(before);
        System.out.println(LocalDateTime.now(ZoneOffset.UTC));
        System.out.println(new Date().getTime());
        Thread thread = new Thread(() -> System.out.println(Clock.systemUTC().millis()), "clock");
        thread.start();
        thread.join();
        Thread.sleep(3);
        System.out.println("later " + (Duration.between(before, Instant.now()).toMillis() >= 3));
    }
}
