/**
 * Who did what, on every kind of thing; written by triggers alone. Tables: activity_log, archived_activity_log,
 * retention_policies, retention_runs. The housekeeping of all tables is carried out from here.
 */
package io.agencyos.activity;
