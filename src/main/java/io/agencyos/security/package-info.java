/**
 * Who is asking. An OIDC token becomes a {@link io.agencyos.security.Login}, the profile it belongs to an {@link
 * io.agencyos.security.Actor}, and everything below asks {@link io.agencyos.security.CurrentActor}. No tables.
 */
package io.agencyos.security;
