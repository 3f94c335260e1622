/** Collapsed stacks, the input of flame graphs. */
package io.dettrace.formats.collapsed;
