package io.dettrace.replay.programs;

import java.text.ParseException;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.Locale;
import java.util.TimeZone;

/**
 * Two threads parse with one SimpleDateFormat, which keeps its calendar between calls; one gets the other's date.
 *
 * <p>Source: the Java API, which says that date formats are not synchronized; a standard example of static analysers.
 */
public final class SharedDateFormat {
    private static final SimpleDateFormat FORMAT = new SimpleDateFormat("yyyy", Locale.ROOT);

    private SharedDateFormat() {}

    public static void main(String[] args) throws InterruptedException {
        FORMAT.setTimeZone(TimeZone.getTimeZone("UTC"));
        Thread first = new Thread(() -> expect("1970", 0), "first");
        Thread second = new Thread(() -> expect("1971", 365), "second");
        first.start();
        second.start();
        first.join();
        second.join();
    }

    private static void expect(String year, long days) {
        Date date = parse(year);
        if (date.getTime() != days * 86_400_000L) {
            throw new IllegalStateException(year + " was read as " + date.getTime());
        }
        System.out.println(year);
    }

    private static Date parse(String year) {
        try {
            return FORMAT.parse(year); // fault: begin, end, intruder
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
