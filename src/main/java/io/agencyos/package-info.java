/** The open backend for creative agencies: one binary with three commands. Each package below is one room. */
package io.agencyos;
