package io.dettrace.recorder.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test whose run is recorded in a file beside it and guarded by that file from then on. The test takes a
 * {@link io.dettrace.recorder.Recorder} as a parameter and hands it to what it tests.
 *
 * <pre>
 * &#64;Test
 * &#64;Recorded
 * void tasksAreTakenInOrder(Recorder recorder) {
 *     new TaskQueue(recorder).runAll();
 * }
 * </pre>
 *
 * <p>Where there is no file yet, the run is recorded, and written if the test passes; with the environment variable
 * {@code CI} set, a missing file is a failure instead. {@code -Ddettrace.recorded=update} writes all files anew, with
 * {@code guard} a missing file is a failure everywhere, with {@code off} nothing is recorded or checked.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RecordedExtension.class)
public @interface Recorded {
    /**
     * The file; by default {@code <class>/<method>.jsonl} in the folder. Tests that run several times get the number of
     * the repetition added.
     */
    String value() default "";

    /**
     * The folder of the file, relative to where the tests run, in which the build system starts them: the module. The
     * system property {@code dettrace.recorded.folder} wins.
     */
    String folder() default "src/test/resources/recorded";

    /** Fields that are recorded but not compared, such as times. */
    String[] ignore() default {};

    /** Whether the order of all events counts, and not only of those in each lane. */
    boolean wholeOrder() default false;

    /** Whether threads are made to follow the recorded order, instead of being checked only. */
    boolean follow() default false;

    /** Writes the file anew, like {@code -Ddettrace.recorded=update} for this test alone; not to be committed. */
    boolean update() default false;
}
