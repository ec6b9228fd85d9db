package dev.discern.cli;

import dev.discern.config.AtomicFiles;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The process's standard output and error, in UTF-8 whatever the locale, with their failures. */
final class StandardStreams {
  /**
   * The code that a shell reports for a process ended by a closed pipe: 128 plus the signal's
   * number.
   */
  private static final int CLOSED_PIPE = 141;

  private final Recorded output;

  /** Receives results. */
  final PrintWriter out;

  /** Receives progress and failures. */
  final PrintWriter err;

  /**
   * Wraps two streams.
   *
   * @param out receives results
   * @param err receives progress and failures
   */
  StandardStreams(OutputStream out, OutputStream err) {
    output = new Recorded(out);
    this.out = new PrintWriter(output, true, StandardCharsets.UTF_8);
    this.err = new PrintWriter(err, true, StandardCharsets.UTF_8);
  }

  /**
   * Creates the streams of this process. The launcher filters what native libraries write to
   * descriptor 2, and passes the unfiltered standard error as descriptor 0; {@link StandardInput}
   * finds standard input elsewhere.
   *
   * @return the streams; {@link System#err} is the same as {@link #err} from now on
   */
  static StandardStreams ofProcess() {
    boolean errorsOnInput = Boolean.getBoolean("discern.errorsOnInput");
    OutputStream errors =
        new FileOutputStream(errorsOnInput ? FileDescriptor.in : FileDescriptor.err);
    PrintStream err = new PrintStream(errors, true, StandardCharsets.UTF_8);
    System.setErr(err);
    return new StandardStreams(new FileOutputStream(FileDescriptor.out), err);
  }

  /**
   * Flushes the output, and reports output that could not be written. A reader that has closed its
   * end of a pipe has read enough, so nothing is reported.
   *
   * @param code the exit code of the command
   * @return the same, or another one if the command succeeded but its output is lost
   */
  int finish(int code) {
    out.flush();
    err.flush();
    IOException failure = output.failure;
    if (failure == null) {
      return code;
    }
    String reason = AtomicFiles.reason(failure);
    if (reason.contains("Broken pipe")) {
      return code == 0 ? CLOSED_PIPE : code;
    }
    err.println("discern: Could not write to standard output (" + reason + ").");
    return code == 0 ? 1 : code;
  }

  /** Remembers the first failure; print writers report only that there was one. */
  private static final class Recorded extends FilterOutputStream {
    private @Nullable IOException failure;

    Recorded(OutputStream to) {
      super(to);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        }
        throw e;
      }
    }
  }
}
