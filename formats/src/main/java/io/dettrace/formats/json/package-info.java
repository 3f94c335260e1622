/**
 * JSON documents: {@link io.dettrace.formats.json.JsonDocumentFormat} reads the array of events in a document, {@link
 * io.dettrace.formats.json.JsonRecord} takes one JSON object apart for it and for others.
 */
package io.dettrace.formats.json;
