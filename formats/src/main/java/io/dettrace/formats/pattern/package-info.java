/**
 * Text logs: {@link io.dettrace.formats.pattern.PatternFormat} reads events through a regular expression, {@link
 * io.dettrace.formats.pattern.LogLayouts} knows the expressions for common logs with vector clocks.
 */
package io.dettrace.formats.pattern;
