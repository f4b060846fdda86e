package io.agencyos.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Several people at once: all wait for each other, then act. */
public final class Together {

    private Together() {}

    public static <T> List<T> all(int people, IntFunction<T> deed) {
        var threads = Executors.newFixedThreadPool(people);
        try {
            var start = new CyclicBarrier(people);
            var running = new ArrayList<Future<T>>();
            for (var i = 0; i < people; i++) running.add(threads.submit(waiting(start, deed, i)));
            var answers = new ArrayList<T>();
            for (var one : running) answers.add(one.get());
            return answers;
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> Callable<T> waiting(CyclicBarrier start, IntFunction<T> deed, int i) {
        return () -> {
            start.await();
            return deed.apply(i);
        };
    }
}
