package dev.discern.watch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads server-sent events as a browser would. */
final class SseClient implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  /** One event. */
  record Event(String name, String data) {
    JsonNode json() {
      return new JsonMapper().readTree(data);
    }
  }

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final InputStream body;
  private final Thread reading;

  SseClient(URI page) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(page.resolve("/events")).build();
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
    if (!response.headers().firstValue("Content-Type").orElse("").contains("text/event-stream")) {
      throw new IOException("no event stream: " + response);
    }
    body = response.body();
    reading = new Thread(this::read, "sse-client");
    reading.setDaemon(true);
    reading.start();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      String name = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          name = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
          events.add(new Event(name, line.substring("data: ".length())));
        }
      }
    } catch (IOException e) {
      // A server that goes cuts its streams: to the reader, that is their end.
    }
    events.add(new Event("end", "{}"));
  }

  /** The next event of a name that is as wanted; those before it are dropped. */
  JsonNode await(String name, Predicate<JsonNode> wanted) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end) {
      Event event = events.poll(100, TimeUnit.MILLISECONDS);
      if (event != null && event.name().equals(name) && wanted.test(event.json())) {
        return event.json();
      }
    }
    throw new AssertionError("no event " + name + " as wanted");
  }

  /** The name of the next event. */
  String nextName() throws InterruptedException {
    Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return event == null ? "none" : event.name();
  }

  /** Leaves, as a browser does whose page is closed. */
  @Override
  public void close() throws IOException {
    body.close();
  }
}
