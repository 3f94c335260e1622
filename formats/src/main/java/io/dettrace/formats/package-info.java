/**
 * Reading: from files to runs. One package holds one format; {@link io.dettrace.formats.input} opens files of any kind,
 * {@link io.dettrace.formats.DetTrace} is the way in for programs.
 */
package io.dettrace.formats;
