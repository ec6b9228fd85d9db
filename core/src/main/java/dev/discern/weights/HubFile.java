package dev.discern.weights;

import dev.discern.fetch.Expected;
import java.util.regex.Pattern;

/**
 * A file of the hub, as its server describes it.
 *
 * @param name the path in the repository
 * @param commit the repository's state, 40 hexadecimal digits
 * @param etag names the content: a SHA-256 for large files, git's SHA-1 for others
 * @param size the number of bytes, or -1 if unknown
 */
record HubFile(String name, String commit, String etag, long size) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** What the complete file must be. */
  Expected expected() {
    if (SHA256.matcher(etag).matches()) {
      return Expected.sha256(size, etag);
    }
    return size >= 0 && HubName.isCommit(etag) ? Expected.gitBlob(size, etag) : Expected.size(size);
  }
}
