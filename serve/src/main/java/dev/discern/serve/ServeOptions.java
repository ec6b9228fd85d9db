package dev.discern.serve;

import dev.discern.runtime.Classifier;
import dev.discern.runtime.Options;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a server runs.
 *
 * @param host the address to listen on: a name or number of this machine
 * @param port the TCP port; 0 for any free port
 * @param batching how images are gathered into batches
 * @param limits what requests may take
 * @param token the token that clients must send, if any
 */
public record ServeOptions(
    String host, int port, Batching batching, Limits limits, Optional<Token> token) {
  /** The default port. */
  public static final int PORT = 8080;

  /** Checks the port. */
  public ServeOptions {
    InRange.check("The port", port, 0, 65_535);
  }

  /**
   * The defaults: port {@value #PORT} of the loopback address, without a token.
   *
   * @return the options
   */
  public static ServeOptions defaults() {
    return new ServeOptions(
        "127.0.0.1", PORT, Batching.defaults(), Limits.defaults(), Optional.empty());
  }

  /** Opens a model for these options: each worker has its own batches. */
  Classifier open(Path path) {
    return Classifier.open(
        path,
        Options.defaults()
            .withThreads(batching.threads())
            .withBatchLimit(batching.maxBatch())
            .withMaxPixels(limits.maxPixels()));
  }
}
