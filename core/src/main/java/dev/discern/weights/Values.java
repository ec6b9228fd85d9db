package dev.discern.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checked casts of what a pickle holds. Tuples are arrays; lists and sets are lists. */
final class Values {
  private static final int MAX_SIDES = 64;

  private Values() {}

  /** A list or a tuple. */
  static List<@Nullable Object> list(@Nullable Object value) throws BadWeights {
    if (value instanceof @Nullable Object[] tuple) {
      return Arrays.asList(tuple);
    }
    if (value instanceof List<?> list) {
      @SuppressWarnings("unchecked") // of anything, and only read
      List<@Nullable Object> values = (List<@Nullable Object>) list;
      return values;
    }
    throw BadWeights.damaged("a list is missing where one belongs");
  }

  /** An integer that fits 64 bits. */
  static long integer(@Nullable Object value) throws BadWeights {
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw BadWeights.damaged("an integer is missing where one belongs");
  }

  /** A shape or a stride: a few integers that fit 64 bits. */
  static List<Long> integers(@Nullable Object value) throws BadWeights {
    List<Long> integers = new ArrayList<>();
    List<@Nullable Object> elements = list(value);
    if (elements.size() > MAX_SIDES) {
      throw BadWeights.damaged("a tensor has " + elements.size() + " sides");
    }
    for (Object element : elements) {
      integers.add(integer(element));
    }
    return integers;
  }

  /**
   * A key of a dict. Python refuses containers too; here, their hash code could take forever.
   * Tuples are arrays, which are keys by identity.
   */
  static @Nullable Object key(@Nullable Object value) throws BadWeights {
    if (value instanceof Map || value instanceof Collection) {
      throw BadWeights.damaged("a dict has a list or a dict for a key");
    }
    return value;
  }
}
