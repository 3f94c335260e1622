/**
 * The comparison of two runs as labelled partial orders: common prefix, heads, blame, roots, re-synchronisation and the
 * downstream cone, in one streaming pass. Start reading at {@link io.dettrace.compare.RunComparator}.
 */
package io.dettrace.compare;
