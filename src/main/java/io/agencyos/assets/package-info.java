/**
 * The files of a request and their versions. Every version is a row of its own; which one is current, and its number,
 * is decided in SQL. Table: assets.
 */
package io.agencyos.assets;
