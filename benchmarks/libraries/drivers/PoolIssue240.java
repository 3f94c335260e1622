import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/**
 * Commons Pool issue POOL-240: a pool of one object; one thread borrows and invalidates it, another one needs it.
 *
 * <p>{@code invalidateObject} makes room for a new object and tells nobody. A thread that waits for an object by then
 * waits for ever.
 */
public class PoolIssue240 {
    static class Factory extends BasePooledObjectFactory<Object> {
        @Override
        public Object create() {
            return new Object();
        }

        @Override
        public PooledObject<Object> wrap(Object value) {
            return new DefaultPooledObject<>(value);
        }
    }

    interface Step {
        void run(Object borrowed) throws Exception;
    }

    static Thread worker(GenericObjectPool<Object> pool, Step step) {
        return new Thread(() -> {
            try {
                step.run(pool.borrowObject());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    public static void main(String[] args) throws Exception {
        GenericObjectPoolConfig config = new GenericObjectPoolConfig();
        config.setMaxTotal(1);
        config.setJmxEnabled(false);
        GenericObjectPool<Object> pool = new GenericObjectPool<>(new Factory(), config);
        pool.invalidateObject(pool.borrowObject()); // loads the classes, or the first thread would be slow
        Thread invalidating = worker(pool, pool::invalidateObject);
        Thread returning = worker(pool, pool::returnObject);
        invalidating.start();
        returning.start();
        invalidating.join();
        returning.join();
    }
}
