package dev.discern.codec;

import dev.discern.scale.Bitmap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.InflaterOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What Pillow computed; the files' headers say how. */
final class Golden {
  private static final JsonNode DECODED = read("decode");

  private Golden() {}

  /** A small image file and its pixels. */
  record Case(byte[] file, Bitmap rgb) {}

  static JsonNode read(String name) {
    String resource = "/golden/images/" + name + ".json";
    try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream(resource))) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files by name. */
  static Map<String, Case> files() {
    Map<String, Case> files = new LinkedHashMap<>();
    for (JsonNode golden : DECODED.get("cases")) {
      JsonNode pixels = DECODED.get("pixels").get(golden.get("pixels").asInt());
      int height = pixels.get("height").asInt();
      int width = pixels.get("width").asInt();
      Bitmap rgb = new Bitmap(height, width, 3, inflated(pixels.get("rgb")));
      files.put(golden.get("name").asString(), new Case(inflated(golden.get("file")), rgb));
    }
    return files;
  }

  static byte[] file(String name) {
    return Objects.requireNonNull(files().get(name)).file();
  }

  static byte[] bytes(JsonNode base64) {
    return Base64.getDecoder().decode(base64.asString());
  }

  private static byte[] inflated(JsonNode base64) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InflaterOutputStream inflater = new InflaterOutputStream(out)) {
      inflater.write(bytes(base64));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
