package io.dettrace.replay.programs;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;

/** Fibonacci numbers by recursive fork and join in a pool of its own. */
public final class ForkJoinFibonacci {
    private static final class Fibonacci extends RecursiveTask<Integer> {
        private static final long serialVersionUID = 1L;

        private final int n;

        private Fibonacci(int n) {
            this.n = n;
        }

        @Override
        protected Integer compute() {
            if (n < 2) {
                return n;
            }
            Fibonacci left = new Fibonacci(n - 1);
            left.fork();
            return new Fibonacci(n - 2).compute() + left.join();
        }
    }

    private ForkJoinFibonacci() {}

    public static void main(String[] args) {
        ForkJoinPool pool = new ForkJoinPool(3);
        System.out.println("fibonacci " + pool.invoke(new Fibonacci(9)));
        pool.shutdown();
    }
}
