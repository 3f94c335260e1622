/**
 * The scheduler inside the program's own JVM: one token, and the thread that holds it runs.
 *
 * <p>Loaded by the boot class loader, because the JDK's own classes call it. It uses nothing but {@code java.lang} and
 * {@code java.io} where it can, and no lambdas, so that it neither loads much nor calls back into what it controls.
 *
 * <p>Start reading at {@link io.dettrace.replay.runtime.Scheduler} (who runs next), then
 * {@link io.dettrace.replay.runtime.Operations} (what blocks and what wakes); {@link
 * io.dettrace.replay.runtime.Hooks} and {@link io.dettrace.replay.runtime.JvmHooks} are what rewritten code calls.
 */
package io.dettrace.replay.runtime;
