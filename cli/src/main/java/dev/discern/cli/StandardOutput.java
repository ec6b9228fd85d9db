package dev.discern.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Standard output that remembers what went wrong, which a {@code PrintStream} does not. */
final class StandardOutput extends OutputStream {
  private final FileOutputStream to = new FileOutputStream(FileDescriptor.out);
  private @Nullable IOException first;

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      to.write(bytes, offset, length);
    } catch (IOException e) {
      first = first == null ? e : first;
      throw e;
    }
  }

  /** Whether not all could be written. */
  boolean isBroken() {
    return first != null;
  }

  /** What to say of it; nothing where the reader went away, as {@code head} does. */
  Optional<String> failure() {
    return Optional.ofNullable(first)
        .map(e -> String.valueOf(e.getMessage()))
        .filter(reason -> !reason.contains("Broken pipe"))
        .map(
            reason ->
                "Could not write the output (" + reason + "): make room, or write elsewhere.");
  }
}
