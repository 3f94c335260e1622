/** Profiles: what is noise in the runs of one program, learnt from passing runs or written by hand. */
package io.dettrace.profile;
