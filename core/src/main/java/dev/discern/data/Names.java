package dev.discern.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Distinct names in the order they were added, kept as UTF-8 in one array: a million file names
 * take about 40 MB. Not safe for concurrent use while names are added.
 */
final class Names {
  private static final int NONE = -1;

  private byte[] utf8 = new byte[64];
  private int[] ends = new int[4];
  // Indices by hash, open addressing, at most half full.
  private int[] table = filled(8);
  private int size;

  int size() {
    return size;
  }

  String get(int i) {
    int start = start(i);
    return new String(utf8, start, ends[i] - start, StandardCharsets.UTF_8);
  }

  /** The index of a name, or -1. */
  int indexOf(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return table[slot(bytes, 0, bytes.length)];
  }

  /** The index of a name, which is added if it is new: its index is then the size before. */
  int add(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    int slot = slot(bytes, 0, bytes.length);
    if (table[slot] != NONE) {
      return table[slot];
    }
    append(bytes);
    table[slot] = size - 1;
    if (size * 2 > table.length) {
      rehash();
    }
    return size - 1;
  }

  private void append(byte[] bytes) {
    int start = size == 0 ? 0 : ends[size - 1];
    int end = Math.addExact(start, bytes.length);
    if (end > utf8.length) {
      utf8 = Arrays.copyOf(utf8, Math.max(end, grown(utf8.length)));
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, grown(size));
    }
    System.arraycopy(bytes, 0, utf8, start, bytes.length);
    ends[size++] = end;
  }

  private static int grown(int length) {
    return length + (length >> 1) + 1;
  }

  private void rehash() {
    table = filled(Math.multiplyExact(table.length, 2));
    for (int i = 0; i < size; i++) {
      table[slot(utf8, start(i), ends[i])] = i;
    }
  }

  private static int[] filled(int length) {
    int[] empty = new int[length];
    Arrays.fill(empty, NONE);
    return empty;
  }

  private int start(int i) {
    return i == 0 ? 0 : ends[i - 1];
  }

  private int slot(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int k = from; k < to; k++) {
      hash = 31 * hash + bytes[k];
    }
    hash *= 0x9E3779B9; // spreads names that differ only in their last digits
    int slot = (hash ^ (hash >>> 16)) & (table.length - 1);
    while (table[slot] != NONE && !same(table[slot], bytes, from, to)) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }

  private boolean same(int i, byte[] bytes, int from, int to) {
    return Arrays.equals(utf8, start(i), ends[i], bytes, from, to);
  }
}
