import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;

/**
 * Commons Pool issue POOL-326: two threads borrow and return objects of one key; nothing is kept idle.
 *
 * <p>{@code deregister} decides that nobody needs the sub-pool of a key, and removes what is in the map under that key
 * later: by then it can be a new sub-pool with objects in use. Who returns one gets a {@link NullPointerException} or
 * an {@link IllegalStateException}.
 */
public class PoolIssue326 {
    static class Factory extends BaseKeyedPooledObjectFactory<String, Object> {
        @Override
        public Object create(String key) {
            return new Object();
        }

        @Override
        public PooledObject<Object> wrap(Object value) {
            return new DefaultPooledObject<>(value);
        }
    }

    static void use(GenericKeyedObjectPool<String, Object> pool, int times) {
        try {
            for (int i = 0; i < times; i++) {
                pool.returnObject("key", pool.borrowObject("key"));
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static void main(String[] args) throws InterruptedException {
        GenericKeyedObjectPoolConfig<Object> config = new GenericKeyedObjectPoolConfig<>();
        config.setMaxIdlePerKey(0);
        config.setJmxEnabled(false);
        GenericKeyedObjectPool<String, Object> pool = new GenericKeyedObjectPool<>(new Factory(), config);
        Thread first = new Thread(() -> use(pool, 2));
        Thread second = new Thread(() -> use(pool, 2));
        first.start();
        second.start();
        first.join();
        second.join();
    }
}
