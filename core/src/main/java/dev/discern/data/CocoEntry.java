package dev.discern.data;

import dev.discern.config.WorkFailed;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One object of a list in a {@link CocoFile}.
 *
 * @param file the file, for messages
 * @param place its place in the file, for messages
 * @param values those of its values that the reader asks for
 */
record CocoEntry(Path file, String place, Map<String, String> values) {
  /** Reads the rest of an object whose opening brace was read. */
  static CocoEntry read(JsonParser json, Path file, String place, Set<String> wanted) {
    Map<String, String> values = new HashMap<>();
    for (String key = json.nextName(); key != null; key = json.nextName()) {
      JsonToken value = json.nextToken();
      if (wanted.contains(key) && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
        values.put(key, json.getString());
      } else {
        json.skipChildren();
      }
    }
    return new CocoEntry(file, place, values);
  }

  String text(String key) {
    String value = values.get(key);
    if (value == null || value.isBlank()) {
      throw new WorkFailed(file + ": " + place + " has no " + key + ".");
    }
    return value;
  }

  WorkFailed twice(String what) {
    return new WorkFailed(
        file + ": " + place + " repeats the " + what + " " + text(what) + " of an earlier one.");
  }
}
