/**
 * Common Trace Format 1.8: metadata in TSDL, and binary data streams laid out by it.
 *
 * <p>The way of the data: {@link io.dettrace.formats.ctf.MetadataText} gives the text, {@link
 * io.dettrace.formats.ctf.TsdlParser} its types and classes, {@link io.dettrace.formats.ctf.Layouts} lays out each root
 * structure as a tree of {@link io.dettrace.formats.ctf.FieldNode}s, {@link io.dettrace.formats.ctf.StreamReader} walks the
 * packets of one file with it, and {@link io.dettrace.formats.ctf.TraceReader} merges the files by time.
 */
package io.dettrace.formats.ctf;
