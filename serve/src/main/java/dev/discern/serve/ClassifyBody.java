package dev.discern.serve;

import dev.discern.runtime.Image;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Attributes;
import org.jspecify.annotations.Nullable;

/** Finds the images in the body of a classification request. */
final class ClassifyBody {
  // The body is in memory already, and its length is limited.
  private static final MultiPartConfig IN_MEMORY =
      new MultiPartConfig.Builder().maxMemoryPartSize(-1).maxSize(-1).maxPartSize(-1).build();

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
  List<Input> images(@Nullable String type, byte[] body) {
    String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (media.equals("application/json")) {
      return json(body);
    } else if (media.equals("multipart/form-data")) {
      return multipart(String.valueOf(type), body);
    } else if (media.startsWith("image/")
        || media.equals("application/octet-stream")
        || media.isEmpty()) {
      return List.of(new Input("", Image.of(nonEmpty(body))));
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

  private List<Input> json(byte[] body) {
    List<Input> images = new ArrayList<>();
    Json.readObject(
        body,
        0,
        body.length,
        (name, parser) -> {
          if (name.equals("image")) {
            add(images, new Input("", Image.of(Json.base64(name, parser))));
          } else if (name.equals("images")) {
            Json.array(
                name,
                parser,
                () -> add(images, new Input("", Image.of(Json.base64(name, parser)))));
          } else {
            throw new HttpFailure(
                400,
                "The JSON has an unknown member: write {\"image\": BASE64} or {\"images\": [BASE64,"
                    + " ...]}.");
          }
        });
    return found(images, "\"image\" or \"images\"");
  }

  private void add(List<Input> images, Input image) {
    if (images.size() == maxImages) {
      throw new HttpFailure(
          413, "The request has more than " + maxImages + " images: send several requests.");
    }
    images.add(image);
  }

  private static List<Input> found(List<Input> images, String where) {
    if (images.isEmpty()) {
      throw new HttpFailure(400, "The request has no image: put at least one in " + where + ".");
    }
    return images;
  }

  private List<Input> multipart(String type, byte[] body) {
    String boundary = MultiPart.extractBoundary(type);
    if (boundary == null || boundary.isEmpty()) {
      throw new HttpFailure(400, "The Content-Type multipart/form-data has no boundary.");
    }
    List<Input> images = new ArrayList<>();
    try (MultiPartFormData.Parts parts =
        MultiPartFormData.getParts(
            Content.Source.from(ByteBuffer.wrap(body)), new Attributes.Mapped(), type, IN_MEMORY)) {
      for (MultiPart.Part part : parts) {
        String name = part.getFileName() == null ? "" : part.getFileName();
        ByteBuffer content = Content.Source.asByteBuffer(part.getContentSource());
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        add(images, new Input(name, Image.of(bytes)));
      }
    } catch (HttpFailure e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new HttpFailure(
          400, "The body is not valid multipart/form-data of the boundary in its Content-Type.");
    }
    return found(images, "a part of the form");
  }
}
