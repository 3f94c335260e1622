import io.reactivex.processors.BehaviorProcessor;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * RxJava issue 5280: a subscriber arrives while the processor completes.
 *
 * <p>{@code terminate} first marks the processor as terminated and then stores the terminal event. Who subscribes in
 * between finds no event to replay, and gets a {@link NullPointerException} instead of {@code onComplete}.
 */
public class RxJavaIssue5280 {
    static class Quiet implements Subscriber<Integer> {
        @Override
        public void onSubscribe(Subscription subscription) {}

        @Override
        public void onNext(Integer value) {}

        @Override
        public void onError(Throwable error) {
            throw new IllegalStateException(error);
        }

        @Override
        public void onComplete() {}
    }

    public static void main(String[] args) throws InterruptedException {
        BehaviorProcessor<Integer> processor = BehaviorProcessor.create();
        Thread source = new Thread(processor::onComplete);
        Thread subscriber = new Thread(() -> processor.subscribe(new Quiet()));
        source.start();
        subscriber.start();
        source.join();
        subscriber.join();
    }
}
