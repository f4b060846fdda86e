/**
 * The live feed, in place of Supabase realtime. Triggers write what changed into the change log, in the writer's own
 * transaction; subscriptions read it in commit order, each as its own viewer. Table: change_log.
 *
 * <p>And the rooms, for what no table keeps: who is here, what they show, what they say. {@link
 * io.agencyos.realtime.Relay} carries messages between replicas.
 */
package io.agencyos.realtime;
