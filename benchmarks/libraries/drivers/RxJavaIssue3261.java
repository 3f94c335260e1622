import java.util.ArrayList;
import java.util.List;
import rx.subjects.BehaviorSubject;

/**
 * RxJava pull request 3261: a subscriber arrives while the subject gets its second value.
 *
 * <p>The subscriber must see 1 and 2, or 2 alone. The subject stores a value, and only then looks up whom to tell; who
 * subscribes in between gets the new value twice.
 */
public class RxJavaIssue3261 {
    public static void main(String[] args) throws InterruptedException {
        BehaviorSubject<Integer> subject = BehaviorSubject.create(1);
        List<Integer> seen = new ArrayList<>();
        Thread source = new Thread(() -> subject.onNext(2));
        Thread subscriber = new Thread(() -> subject.subscribe(seen::add));
        source.start();
        subscriber.start();
        source.join();
        subscriber.join();
        if (!seen.equals(List.of(2)) && !seen.equals(List.of(1, 2))) {
            throw new IllegalStateException("the subscriber got " + seen + ", expected [1, 2] or [2]");
        }
    }
}
