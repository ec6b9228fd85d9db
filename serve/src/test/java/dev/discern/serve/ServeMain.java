package dev.discern.serve;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A server in a process of its own, as the command line runs it. */
final class ServeMain {
  private ServeMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    ServeOptions defaults = ServeOptions.defaults();
    ServeOptions options =
        new ServeOptions(
            defaults.host(), 0, defaults.batching(), defaults.limits(), defaults.token());
    PrintWriter err = new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8));
    try (ModelServer server =
        ModelServer.start(
            List.of(ModelSource.of(arguments[0])), options, new AccessLog(err, true))) {
      server.closeOnSignals();
      System.out.println(server.address());
      server.awaitClose();
    }
  }
}
