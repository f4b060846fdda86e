/**
 * Where files lie: in a local folder or in an S3 bucket, chosen by configuration. Files go in and out past the
 * application, by addresses that are signed and good for a short while. No tables.
 */
package io.agencyos.storage;
