/**
 * The Java agent: puts calls of {@link io.dettrace.replay.runtime.Hooks} into the program's classes and into a few of
 * the JDK's.
 */
package io.dettrace.replay.agent;
