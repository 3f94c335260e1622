/**
 * JSON lines: one JSON object a line. {@link io.dettrace.formats.jsonl.FastScanner} reads what is plain, the exact path in
 * {@link io.dettrace.formats.json} reads everything else, and both give the same fields.
 */
package io.dettrace.formats.jsonl;
