package dev.discern.serve;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON requests as a stream: a tree of a body that holds millions of numbers would take many
 * times its size.
 */
final class Json {
  // The limit on the body bounds strings; depth bounds the stack.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNestingDepth(32)
                  .build())
          .build();

  private Json() {}

  /** Receives the members of an object; must read exactly one value. */
  interface Members {
    void member(String name, JsonParser parser);
  }

  /**
   * Reads a body that is one object.
   *
   * @throws HttpFailure with 400 if it is something else
   */
  static void readObject(byte[] body, int offset, int length, Members members) {
    try (JsonParser parser =
        FACTORY.createParser(tools.jackson.core.ObjectReadContext.empty(), body, offset, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new HttpFailure(400, "The body must be a JSON object.");
      }
      object(parser, members);
      if (parser.nextToken() != null) {
        throw new HttpFailure(400, "The body goes on after its JSON object.");
      }
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      String place =
          at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
      throw new HttpFailure(400, "The body is not valid JSON" + place + ".");
    }
  }

  /** Reads the members of an object whose start is the current token. */
  static void object(JsonParser parser, Members members) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new HttpFailure(400, "The JSON has " + found(parser) + " where an object belongs.");
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      members.member(name, parser);
    }
  }

  /** Calls a reader at each element of an array whose start is the current token. */
  static void array(String name, JsonParser parser, Runnable element) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new HttpFailure(
          400, "\"" + name + "\" must be an array, but is " + found(parser) + ".");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      element.run();
    }
  }

  static String string(String name, JsonParser parser) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new HttpFailure(
          400, "\"" + name + "\" must be a string, but is " + found(parser) + ".");
    }
    return parser.getString();
  }

  static boolean bool(String name, JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default ->
          throw new HttpFailure(
              400, "\"" + name + "\" must be true or false, but is " + found(parser) + ".");
    };
  }

  /** A whole number in a range. */
  static int whole(String name, JsonParser parser, int least, int most) {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() == JsonParser.NumberType.INT) {
      int value = parser.getIntValue();
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw new HttpFailure(
        400, "\"" + name + "\" must be a whole number from " + least + " to " + most + ".");
  }

  /** The bytes of a string in base64. */
  static byte[] base64(String name, JsonParser parser) {
    byte[] text = string(name, parser).getBytes(StandardCharsets.ISO_8859_1);
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new HttpFailure(
          400, "\"" + name + "\" must be an image file in base64, but is not valid base64.");
    }
  }

  private static String found(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a truth value";
      case VALUE_NULL -> "null";
      default -> "something else";
    };
  }
}
