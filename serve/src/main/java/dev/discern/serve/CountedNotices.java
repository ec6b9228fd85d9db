package dev.discern.serve;

/**
 * Logs and counts what happens to models.
 *
 * @param log receives a line each
 * @param metrics counts them
 */
record CountedNotices(AccessLog log, Metrics metrics) implements Notices {
  @Override
  public void reloaded(String model) {
    log.reloaded(model);
    metrics.reloaded(model, "reloaded");
  }

  @Override
  public void problem(String model, String sentence) {
    log.problem(model, sentence);
    metrics.reloaded(model, "refused");
  }
}
