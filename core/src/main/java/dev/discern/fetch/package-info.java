/** Fetches files over HTTP, for data sets and weights alike. Internal. */
@Internal
@NullMarked
package dev.discern.fetch;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
