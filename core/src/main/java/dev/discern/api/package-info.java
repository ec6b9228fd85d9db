/**
 * The library's front door: train, compare and resume in a few lines, with typed results.
 *
 * <p>Everything here builds a configuration and hands it to {@code run} and {@code compare}, which
 * check it as they check {@code config.yaml}. A wrong request throws {@link
 * dev.discern.config.InvalidConfig}, and work that fails throws {@link
 * dev.discern.config.WorkFailed}; both are {@link dev.discern.failure.DiscernException}.
 */
@NullMarked
package dev.discern.api;

import org.jspecify.annotations.NullMarked;
