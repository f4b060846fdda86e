/**
 * What an operator sees of a replica from below: what it depends on and whether that is there, and traces. It has no
 * tables; what is measured of tables stands in {@code monitoring}.
 */
package io.agencyos.telemetry;
