/** Learns from passing runs what is noise: a profile with its evidence, and how much it hides. */
package io.dettrace.learn;
