/**
 * Who did what, on every kind of thing; written by triggers alone. Tables: activity_log, archived_activity_log,
 * retention_policies.
 */
package io.agencyos.activity;
