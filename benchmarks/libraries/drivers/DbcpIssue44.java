import org.apache.commons.pool.BasePoolableObjectFactory;
import org.apache.commons.pool.impl.GenericObjectPool;

/**
 * Commons DBCP issue DBCP-44, fixed in Commons Pool: the pool is filled up while a client asks for a connection.
 *
 * <p>The pool calls its factory with its own monitor held. A factory that takes a lock of its own, which a client holds
 * when it calls the pool, makes a deadlock. In the report that lock is {@code java.sql.DriverManager}, which was
 * synchronized then; {@code Drivers} stands for it.
 */
public class DbcpIssue44 {
    static final GenericObjectPool POOL = new GenericObjectPool(new BasePoolableObjectFactory() {
        @Override
        public Object makeObject() {
            return Drivers.connect();
        }
    });

    /** What {@code DriverManager} was: one lock for physical connections and for those from a pool. */
    static class Drivers {
        static synchronized Object connect() {
            return new Object();
        }

        static synchronized Object connectFromPool() throws Exception {
            return POOL.borrowObject();
        }
    }

    interface Step {
        void run() throws Exception;
    }

    static Thread start(Step step) {
        Thread thread = new Thread(() -> {
            try {
                step.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }

    public static void main(String[] args) throws InterruptedException {
        Thread evictor = start(POOL::addObject);
        Thread client = start(() -> POOL.returnObject(Drivers.connectFromPool()));
        evictor.join();
        client.join();
    }
}
