/**
 * The live feed, in place of Supabase realtime. Triggers write what changed into the change log, in the writer's own
 * transaction. {@link io.agencyos.realtime.ChangeFeed} tails it and says whose topics have moved; {@link
 * io.agencyos.realtime.Changes} is what one subscription is about, read as its viewer. Who executes subscriptions, and
 * for whom together, is the business of the room above. Tables: change_log, change_log_trimmed.
 *
 * <p>And the rooms, for what no table keeps: who is here, what they show, what they say. {@link
 * io.agencyos.realtime.Relay} carries messages between replicas.
 */
package io.agencyos.realtime;
