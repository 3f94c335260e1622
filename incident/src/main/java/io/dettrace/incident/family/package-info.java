/** What kind of incident it was, from the structure of what happened and never from names. */
@NullMarked
package io.dettrace.incident.family;

import org.jspecify.annotations.NullMarked;
