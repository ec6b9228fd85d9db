package dev.discern.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** Finds the images in the body of a classification request. */
final class ClassifyBody {
  private final int maxImages;

  ClassifyBody(int maxImages) {
    this.maxImages = maxImages;
  }

  /**
   * Finds them.
   *
   * @param type the header {@code Content-Type}, if any
   * @return at least one image
   * @throws HttpFailure with 400, 413 or 415
   */
  List<Input.Encoded> images(@Nullable String type, byte[] body) {
    String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (media.equals("application/json")) {
      return json(body);
    } else if (media.equals("multipart/form-data")) {
      return multipart(String.valueOf(type), body);
    } else if (media.startsWith("image/")
        || media.equals("application/octet-stream")
        || media.isEmpty()) {
      return List.of(new Input.Encoded("", nonEmpty(body)));
    }
    throw new HttpFailure(
        415,
        "The Content-Type "
            + media
            + " is not supported: send an image, multipart/form-data or application/json.");
  }

  private static byte[] nonEmpty(byte[] body) {
    if (body.length == 0) {
      throw new HttpFailure(400, "The body is empty: send an image.");
    }
    return body;
  }

  private List<Input.Encoded> json(byte[] body) {
    List<Input.Encoded> images = new ArrayList<>();
    Json.readObject(
        body,
        0,
        body.length,
        (name, parser) -> {
          if (name.equals("image")) {
            add(images, new Input.Encoded("", Json.base64(name, parser)));
          } else if (name.equals("images")) {
            Json.array(
                name,
                parser,
                () -> add(images, new Input.Encoded("", Json.base64(name, parser))));
          } else {
            throw new HttpFailure(
                400,
                "The JSON has an unknown member: write {\"image\": BASE64} or {\"images\": [BASE64,"
                    + " ...]}.");
          }
        });
    return found(images, "\"image\" or \"images\"");
  }

  private void add(List<Input.Encoded> images, Input.Encoded image) {
    if (images.size() == maxImages) {
      throw new HttpFailure(
          413, "The request has more than " + maxImages + " images: send several requests.");
    }
    images.add(image);
  }

  private static List<Input.Encoded> found(List<Input.Encoded> images, String where) {
    if (images.isEmpty()) {
      throw new HttpFailure(400, "The request has no image: put at least one in " + where + ".");
    }
    return images;
  }

  private List<Input.Encoded> multipart(String type, byte[] body) {
    String boundary = MultiPart.extractBoundary(type);
    if (boundary == null || boundary.isEmpty()) {
      throw new HttpFailure(400, "The Content-Type multipart/form-data has no boundary.");
    }
    MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
    // The body is in memory already, and its length is limited.
    parser.setMaxMemoryFileSize(-1);
    parser.setMaxParts(-1);
    List<Input.Encoded> images = new ArrayList<>();
    try (MultiPartFormData.Parts parts =
        parser.parse(Content.Source.from(java.nio.ByteBuffer.wrap(body))).join()) {
      for (MultiPart.Part part : parts) {
        String name = part.getFileName() == null ? "" : part.getFileName();
        byte[] bytes = Content.Source.asByteArrayAsync(part.getContentSource(), -1).join();
        add(images, new Input.Encoded(name, bytes));
      }
    } catch (java.util.concurrent.CompletionException e) {
      throw new HttpFailure(400, "The body is not valid multipart/form-data.");
    }
    return found(images, "a part of the form");
  }
}
