package dev.discern.data;

import dev.discern.config.Internal;
import dev.discern.config.WorkFailed;
import dev.discern.torch.Seeds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The images of an epoch and their order: a function of (seed, epoch) alone. */
@Internal
public sealed interface Sampler {
  /** The stream of random numbers that orders are drawn from. */
  long ORDER = 11;

  /**
   * The order of an epoch.
   *
   * @param seed the run's
   * @param epoch from 0
   * @return indices into the set; {@link #size()} of them
   */
  int[] order(long seed, int epoch);

  /**
   * The number of images in an epoch before those that do not fill a batch are left out.
   *
   * @return the length of every order
   */
  int size();

  /**
   * Every image once, in the order of the set.
   *
   * @param size of the set
   */
  record InOrder(int size) implements Sampler {
    @Override
    public int[] order(long seed, int epoch) {
      return IntStream.range(0, size).toArray();
    }
  }

  /**
   * Every image once, in an order drawn anew for each epoch.
   *
   * @param size of the set
   */
  record Shuffled(int size) implements Sampler {
    @Override
    public int[] order(long seed, int epoch) {
      int[] order = IntStream.range(0, size).toArray();
      Splitter.shuffle(order, Seeds.random(seed, ORDER, epoch));
      return order;
    }
  }

  /**
   * Images of some classes, repeated to fill an epoch: each comes once before any comes again.
   *
   * @param images indices into the set, at least one
   * @param size of an epoch
   */
  record Among(List<Integer> images, int size) implements Sampler {
    /** Keeps an unmodifiable copy. */
    public Among {
      images = List.copyOf(images);
    }

    @Override
    public int[] order(long seed, int epoch) {
      Cycle cycle = new Cycle(images, Seeds.random(seed, ORDER, epoch));
      return IntStream.range(0, size).map(i -> cycle.next()).toArray();
    }
  }

  /**
   * Batches that hold several images of each of their classes: of all classes if two of each fit,
   * else of as many as fit, taken in turn. Images of small classes repeat more often, so that an
   * epoch shows each class equally.
   *
   * @param byClass each class's images, as indices into the set
   * @param batchSize images per batch, at least 2
   * @param steps batches per epoch
   */
  record ClassBalanced(List<List<Integer>> byClass, int batchSize, int steps) implements Sampler {
    /** Keeps an unmodifiable copy. */
    public ClassBalanced {
      byClass = byClass.stream().map(List::copyOf).toList();
    }

    /**
     * Sorts a set by class.
     *
     * @param set the training images
     * @param batchSize images per batch, at least 2
     * @return the sampler, of as many batches per epoch as the set fills
     * @throws WorkFailed if a class has fewer than two images
     */
    public static ClassBalanced of(ImageSet set, int batchSize) {
      List<List<Integer>> byClass = new ArrayList<>();
      set.classNames().forEach(name -> byClass.add(new ArrayList<>()));
      for (int i = 0; i < set.size(); i++) {
        byClass.get(set.label(i)).add(i);
      }
      for (int k = 0; k < byClass.size(); k++) {
        if (byClass.get(k).size() < 2) {
          throw new WorkFailed(
              "Class "
                  + set.classNames().get(k)
                  + " has "
                  + byClass.get(k).size()
                  + " images to train on, but class-balanced batches need two of each class: add"
                  + " images, or set train.sampler to shuffled.");
        }
      }
      return new ClassBalanced(byClass, batchSize, Math.max(1, set.size() / batchSize));
    }

    @Override
    public int[] order(long seed, int epoch) {
      SplittableRandom random = Seeds.random(seed, ORDER, epoch);
      Cycle classes = new Cycle(IntStream.range(0, byClass.size()).boxed().toList(), random);
      List<Cycle> images = byClass.stream().map(each -> new Cycle(each, random)).toList();
      int[] together = new int[Math.min(byClass.size(), batchSize / 2)];
      Deque<Integer> waiting = new ArrayDeque<>();
      int[] order = new int[size()];
      for (int at = 0; at < order.length; at++) {
        // A batch takes one image of each of its classes, then a second of each, and so on.
        int inBatch = at % batchSize;
        if (inBatch < together.length) {
          together[inBatch] = another(together, inBatch, classes, waiting);
        }
        order[at] = images.get(together[inBatch % together.length]).next();
      }
      return order;
    }

    // Where one round of classes meets the next, a class may come twice: it waits for the next
    // batch.
    private static int another(int[] taken, int count, Cycle classes, Deque<Integer> waiting) {
      for (int pending = waiting.size(); pending > 0; pending--) {
        int next = waiting.removeFirst();
        if (!contains(taken, count, next)) {
          return next;
        }
        waiting.addLast(next);
      }
      int next = classes.next();
      while (contains(taken, count, next)) {
        waiting.addLast(next);
        next = classes.next();
      }
      return next;
    }

    private static boolean contains(int[] taken, int count, int value) {
      return IntStream.range(0, count).anyMatch(i -> taken[i] == value);
    }

    @Override
    public int size() {
      return steps * batchSize;
    }
  }

  /** Repeats values, in a new random order for each round. */
  final class Cycle {
    private final int[] values;
    private final SplittableRandom random;
    private int next;

    Cycle(List<Integer> values, SplittableRandom random) {
      this.values = values.stream().mapToInt(Integer::intValue).toArray();
      this.random = random;
      this.next = this.values.length;
    }

    int next() {
      if (next == values.length) {
        Splitter.shuffle(values, random);
        next = 0;
      }
      return values[next++];
    }
  }
}
