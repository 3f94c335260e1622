/** What several passing and several failing runs of one program say together: what separates them, and from where on a run is lost. */
package io.dettrace.population;
