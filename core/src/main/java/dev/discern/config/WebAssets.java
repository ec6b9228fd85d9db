package dev.discern.config;

/** Files that web pages load from the class path. */
public final class WebAssets {
  /** D3, the drawing library, from its webjar; the version is that of the build file. */
  public static final String D3 = "/META-INF/resources/webjars/d3/7.9.0/dist/d3.min.js";

  private WebAssets() {}
}
