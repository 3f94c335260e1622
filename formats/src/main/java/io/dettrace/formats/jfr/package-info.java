/** Recordings of the JDK Flight Recorder. */
package io.dettrace.formats.jfr;
