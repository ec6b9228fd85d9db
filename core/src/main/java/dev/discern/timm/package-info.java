/** Networks as PyTorch has them: state dicts, and the folders that timm reads. */
@Internal
@NullMarked
package dev.discern.timm;

import dev.discern.config.Internal;
import org.jspecify.annotations.NullMarked;
