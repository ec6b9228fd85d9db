package dev.discern.torch;

import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.Loader;

/** Finds the library files that JavaCPP would load, without loading any. */
final class NativeFiles {
  private NativeFiles() {}

  /**
   * The libraries that a class of JavaCPP presets and its dependencies need.
   *
   * @param preset a class such as {@code org.bytedeco.pytorch.global.torch}
   * @return where each file is found, by the name it is loaded under, in JavaCPP's order; those
   *     that this platform does not have are left out
   */
  static Map<String, URL> of(Class<?> preset) {
    Map<String, URL> files = new LinkedHashMap<>();
    ClassProperties own = Loader.loadProperties(preset, Loader.loadProperties(), true);
    var inherited = own.getInheritedClasses();
    if (inherited != null) {
      for (Class<?> parent : inherited) {
        addFiles(parent, files);
      }
    }
    addFiles(preset, files);
    return files;
  }

  private static void addFiles(Class<?> preset, Map<String, URL> files) {
    ClassProperties properties = Loader.loadProperties(preset, Loader.loadProperties(), true);
    List<String> libraries = new ArrayList<>(properties.get("platform.preload"));
    libraries.addAll(properties.get("platform.link"));
    libraries.add(properties.getProperty("platform.library"));
    for (String library : libraries) {
      URL[] found = Loader.findLibrary(preset, properties, library);
      // A bundled file comes first; the system's own libraries are never unpacked.
      if (found.length > 0 && !found[0].getProtocol().equals("file")) {
        files.putIfAbsent(nameOf(found[0]), found[0]);
      }
    }
  }

  /** The part after {@code #} is the name JavaCPP gives to a copy of the file before it. */
  private static String nameOf(URL url) {
    String alias = url.getRef();
    return alias != null ? alias : url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
  }
}
