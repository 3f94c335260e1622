/** The objects that histories are checked against: the built-in ones, and those that a user describes in a model file. */
package io.dettrace.oracle.history.model;
