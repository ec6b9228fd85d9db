/** Which classes are taught when. Plain numbers; no engine. */
@NullMarked
package dev.discern.curriculum;

import org.jspecify.annotations.NullMarked;
