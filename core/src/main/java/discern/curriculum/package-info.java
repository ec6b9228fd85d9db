/** Which classes are taught when. Plain numbers; no engine. */
@NullMarked
package discern.curriculum;

import org.jspecify.annotations.NullMarked;
