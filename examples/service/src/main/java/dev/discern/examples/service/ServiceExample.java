package dev.discern.examples.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.discern.failure.DiscernException;
import dev.discern.runtime.Classifier;
import dev.discern.runtime.Prediction;
import dev.discern.runtime.UnusableImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A service of a few lines: {@code POST /} an image, and the answer is its class. It needs {@code
 * discern-runtime} and nothing of Discern's that trains. For batches, metrics and limits see {@code
 * discern serve}.
 *
 * <p>Arguments: an ONNX file that {@code discern export} wrote, and a port.
 */
public final class ServiceExample implements AutoCloseable {
  private static final int LARGEST_BODY = 20_000_000;

  private final Classifier classifier;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final HttpServer server;

  private ServiceExample(Classifier classifier, int port) throws IOException {
    this.classifier = classifier;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * Starts the service.
   *
   * @param arguments the ONNX file and the port
   * @throws IOException if the port is taken
   */
  public static void main(String[] arguments) throws IOException {
    ServiceExample service = start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    Runtime.getRuntime().addShutdownHook(new Thread(service::close));
  }

  /**
   * Starts the service.
   *
   * @param model the ONNX file
   * @param port 0 for any that is free
   * @return the running service
   * @throws IOException if the port is taken
   */
  static ServiceExample start(Path model, int port) throws IOException {
    Classifier classifier = Classifier.open(model); // once: all threads may use it
    try {
      return new ServiceExample(classifier, port);
    } catch (IOException e) {
      classifier.close();
      throw e;
    }
  }

  /** The port that the service listens on. */
  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        respond(exchange, 200, describe(exchange.getRequestBody().readNBytes(LARGEST_BODY)));
      } catch (UnusableImage e) {
        respond(exchange, 400, e.getMessage() + "\n");
      } catch (DiscernException e) {
        respond(exchange, 500, e.getMessage() + "\n");
      }
    }
  }

  private String describe(byte[] image) {
    Prediction prediction = classifier.classify(image);
    if (prediction.rejected(0.5)) {
      return "unsure\n";
    }
    return String.format(
        Locale.ROOT, "%s %.1f %%%n", prediction.className(), 100 * prediction.probability());
  }

  private static void respond(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Finishes the requests that were accepted, then frees the network. */
  @Override
  public void close() {
    server.stop(2);
    threads.shutdown();
    classifier.close();
  }
}
