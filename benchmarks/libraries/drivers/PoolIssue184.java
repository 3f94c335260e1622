import java.util.NoSuchElementException;
import org.apache.commons.pool.BasePoolableObjectFactory;
import org.apache.commons.pool.impl.GenericObjectPool;

/**
 * Commons Pool issue POOL-184: a pool with one idle object; one thread evicts, another one borrows.
 *
 * <p>While {@code evict} looks at the idle object, the object counts as in use. Who borrows then waits, and when
 * {@code evict} puts the object back it tells nobody.
 */
public class PoolIssue184 {
    public static void main(String[] args) throws Exception {
        GenericObjectPool pool = new GenericObjectPool(new BasePoolableObjectFactory() {
            @Override
            public Object makeObject() {
                return new Object();
            }
        });
        pool.setMaxActive(1);
        pool.setTestWhileIdle(true);
        pool.addObject();
        pool.evict(); // loads the classes, or the first thread would be slow
        Thread evictor = new Thread(() -> {
            try {
                pool.evict();
            } catch (NoSuchElementException borrowedMeanwhile) {
                System.out.println("nothing to look at");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Thread borrower = new Thread(() -> {
            try {
                pool.returnObject(pool.borrowObject());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        evictor.start();
        borrower.start();
        evictor.join();
        borrower.join();
    }
}
