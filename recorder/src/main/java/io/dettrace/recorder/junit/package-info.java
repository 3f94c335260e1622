/** JUnit Jupiter: the passing run of a test recorded beside it and guarded from then on. JUnit is the user's. */
@NullMarked
package io.dettrace.recorder.junit;

import org.jspecify.annotations.NullMarked;
