/**
 * Dev mode: an embedded PostgreSQL, an in-process identity provider with four people, demo data, and a banner that says
 * how to use them. None of this is in the production package.
 */
package io.agencyos.dev;
