package discern.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs commands in this process. */
final class Cli {
  private Cli() {}

  /** What a command did. */
  record Result(int exit, String out, String err) {}

  static Result run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    int exit = Main.run(new PrintWriter(out), new PrintWriter(err), texts);
    return new Result(exit, out.toString(), err.toString());
  }
}
