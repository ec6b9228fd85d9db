package dev.discern.weights;

import dev.discern.config.InvalidConfig;
import java.util.regex.Pattern;

/**
 * A model of the Hugging Face hub, written {@code hf:OWNER/NAME} or {@code hf:OWNER/NAME@REVISION}.
 *
 * @param owner a user or an organization
 * @param name the repository
 * @param revision a branch, a tag or a commit
 */
public record HubName(String owner, String name, String revision) {
  /** What a name starts with. */
  public static final String PREFIX = "hf:";

  private static final String MAIN = "main";
  private static final int LONGEST = 96;
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_])?");
  private static final Pattern REVISION =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  /** Checks the parts: they become folders of a cache. */
  public HubName {
    check(isPart(owner) && isPart(name) && owner.length() + name.length() < LONGEST, owner, name);
    if (revision.length() > 200 || !REVISION.matcher(revision).matches() || hidden(revision)) {
      throw new InvalidConfig(
          "The revision '"
              + revision
              + "' of "
              + PREFIX
              + owner
              + "/"
              + name
              + " is neither a branch, a tag nor a commit: write, for example, "
              + PREFIX
              + owner
              + "/"
              + name
              + "@main.");
    }
  }

  /**
   * Reads a name.
   *
   * @param text such as {@code hf:timm/resnet18.a1_in1k}; without a revision, {@code main} is meant
   * @return the name
   * @throws InvalidConfig if it has another form
   */
  public static HubName parse(String text) {
    String rest = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : "";
    int at = rest.indexOf('@');
    String repository = at < 0 ? rest : rest.substring(0, at);
    int slash = repository.indexOf('/');
    check(slash > 0, text);
    return new HubName(
        repository.substring(0, slash),
        repository.substring(slash + 1),
        at < 0 ? MAIN : rest.substring(at + 1));
  }

  private static boolean isPart(String part) {
    return PART.matcher(part).matches() && !hidden(part) && !part.contains("--");
  }

  private static boolean hidden(String text) {
    return text.contains("..") || text.endsWith(".git") || text.endsWith(".lock");
  }

  private static void check(boolean holds, String... given) {
    if (!holds) {
      throw new InvalidConfig(
          "'"
              + String.join("/", given)
              + "' does not name a model of the Hugging Face hub: write hf:OWNER/NAME, such as"
              + " hf:timm/resnet18.a1_in1k, or hf:OWNER/NAME@REVISION.");
    }
  }

  /**
   * Whether the revision is a whole commit, whose files never change.
   *
   * @return true for 40 hexadecimal digits
   */
  public boolean isCommit() {
    return isCommit(revision);
  }

  static boolean isCommit(String text) {
    return COMMIT.matcher(text).matches();
  }

  /**
   * The repository.
   *
   * @return {@code OWNER/NAME}
   */
  public String repository() {
    return owner + "/" + name;
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return PREFIX + repository() + (revision.equals(MAIN) ? "" : "@" + revision);
  }
}
