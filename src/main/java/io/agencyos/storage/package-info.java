/**
 * Where files lie: in a local folder or in an S3 bucket, chosen by configuration. They go in and out by addresses that
 * are signed and good for a short while: the bucket's own, or with a folder the application's. No tables.
 */
package io.agencyos.storage;
