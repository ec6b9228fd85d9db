/**
 * Weights that others trained: where they come from, and how their files are read: safetensors, and
 * PyTorch's zip and legacy files. What a file says is checked before anything is allocated for it,
 * and nothing in a file is ever run.
 */
@Internal
@NullMarked
package dev.discern.weights;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
