/**
 * Who is asking. An OIDC token becomes a {@link io.agencyos.security.Login}, the profile it belongs to an {@link
 * io.agencyos.security.Actor}, and everything below asks {@link io.agencyos.security.CurrentActor}. {@link
 * io.agencyos.security.LogFilter} puts that into each line of the log, and takes out what must not stand there. No
 * tables.
 */
package io.agencyos.security;
