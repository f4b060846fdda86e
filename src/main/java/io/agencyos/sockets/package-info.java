/**
 * What every open socket needs, whatever is spoken on it: a {@link io.agencyos.sockets.Peer} that is known to be there
 * and that nobody writes to faster than it reads, a number of sockets that a person may have, and an orderly end when
 * the replica stops. {@link io.agencyos.sockets.Sockets} holds all that are open. No tables.
 */
package io.agencyos.sockets;
