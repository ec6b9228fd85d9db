package dev.discern.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;

/** Measures the process's memory outside the Java heap. */
public final class NativeMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private NativeMemory() {}

  /**
   * The process's resident memory that is not mapped from files: heap, tensors, allocator.
   *
   * @return bytes, from Linux's {@code RssAnon}; on other systems JavaCPP's count of resident bytes
   */
  public static long residentBytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("RssAnon:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException e) {
      return Pointer.physicalBytes();
    }
    return Pointer.physicalBytes();
  }

  /**
   * The number of native objects that Java owns.
   *
   * @return the number not yet freed
   */
  public static long livePointers() {
    return Pointer.totalCount();
  }
}
