package dev.discern.data;

import dev.discern.config.AtomicFiles;
import dev.discern.config.WorkFailed;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A PASCAL VOC annotation. Objects marked difficult are not among the labels: the VOC protocol does
 * not count them, neither as found nor as missed.
 *
 * @param fileName the image's file name, or empty if the annotation has none
 * @param labels the names of the objects
 */
record VocAnnotation(String fileName, Set<String> labels) {
  // No annotation is nearly as long; a truncated one is not valid.
  private static final int MOST_BYTES = 1 << 26;
  private static final Pattern ENCODING =
      Pattern.compile("<\\?xml[^>]*encoding\\s*=\\s*[\"']([^\"']*)");

  /** Reads an annotation. Document types, and thus custom entities, are refused. */
  static VocAnnotation read(Path file) {
    try {
      XMLStreamReader xml = factory().createXMLStreamReader(new StringReader(text(file)));
      try {
        return new Reading(file, xml).annotation();
      } finally {
        xml.close();
      }
    } catch (CharacterCodingException
        | IllegalCharsetNameException
        | UnsupportedCharsetException e) {
      throw invalid(file, " (it is not in the encoding that it declares)", e);
    } catch (IOException e) {
      throw new WorkFailed(
          "The annotation " + file + " cannot be read: " + AtomicFiles.reason(e) + ".", e);
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? -1 : e.getLocation().getLineNumber();
      throw invalid(file, line < 0 ? "" : " (line " + line + ")", e);
    }
  }

  private static WorkFailed invalid(Path file, String where, Exception e) {
    return new WorkFailed(
        "The annotation " + file + " is not valid XML" + where + ": correct it, or remove it.", e);
  }

  // Decoded here, since the parser writes to standard error if bytes do not match the encoding.
  private static String text(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES);
    }
    String text =
        charset(bytes)
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(bytes))
            .toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static Charset charset(byte[] bytes) {
    int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    if (mark == 0xFEFF || mark == 0xFFFE) {
      return StandardCharsets.UTF_16;
    }
    String start = new String(bytes, 0, Math.min(bytes.length, 200), StandardCharsets.ISO_8859_1);
    Matcher declared = ENCODING.matcher(start);
    return declared.find() ? Charset.forName(declared.group(1)) : StandardCharsets.UTF_8;
  }

  // The JDK's parser, whatever else is on the class path.
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  /** A read in progress. */
  private static final class Reading {
    private static final String ROOT = "annotation";

    private final Path file;
    private final XMLStreamReader xml;
    private final Set<String> labels = new TreeSet<>();
    private int depth;
    private boolean inObject;
    private String fileName = "";
    private String object = "";
    private boolean difficult;

    Reading(Path file, XMLStreamReader xml) {
      this.file = file;
      this.xml = xml;
    }

    VocAnnotation annotation() throws XMLStreamException {
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.DTD ->
              throw bad("has a document type, which is not read for safety: remove it");
          case XMLStreamConstants.START_ELEMENT -> start(xml.getLocalName());
          case XMLStreamConstants.END_ELEMENT -> end();
          default -> {}
        }
      }
      return new VocAnnotation(fileName, labels);
    }

    // Objects have named parts, deeper in the tree.
    private void start(String name) throws XMLStreamException {
      depth++;
      if (depth == 1 && !name.equals(ROOT)) {
        throw bad("begins with <" + name + ">, not <annotation>");
      }
      if (depth == 2 && name.equals("filename")) {
        fileName = text();
      } else if (depth == 2) {
        inObject = name.equals("object");
      } else if (depth == 3 && inObject && name.equals("name")) {
        object = text();
      } else if (depth == 3 && inObject && name.equals("difficult")) {
        difficult = text().equals("1");
      }
    }

    private String text() throws XMLStreamException {
      String text = xml.getElementText().strip();
      depth--;
      return text;
    }

    private void end() {
      if (depth == 2 && inObject) {
        if (object.isEmpty()) {
          throw bad("has an <object> without a <name>: add it");
        }
        if (!difficult) {
          labels.add(object);
        }
        object = "";
        difficult = false;
        inObject = false;
      }
      depth--;
    }

    private WorkFailed bad(String what) {
      return new WorkFailed("The annotation " + file + " " + what + ".");
    }
  }
}
