/**
 * What an operator sees of the work as a whole: how old what waits is, which readings of campaigns fail, which statements
 * are slow. It has no tables of its own, and looks at those of all rooms.
 */
package io.agencyos.monitoring;
