/**
 * Whom the agency works for, and which people of theirs may look in. Tables: clients, client_members.
 */
package io.agencyos.clients;
