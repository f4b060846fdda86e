/**
 * The live feed, in place of Supabase realtime. Triggers write what changed into the change log, in the writer's own
 * transaction; subscriptions read it in commit order, each as its own viewer. Table: change_log.
 */
package io.agencyos.realtime;
