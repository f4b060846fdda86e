/**
 * The centre: work requests, their strict status machine and its history. The machine itself is SQL, so that it holds
 * for a psql session too. Tables: requests, status_history.
 */
package io.agencyos.requests;
