/** People: the profile that a login is tied to, and what of it others see. Table: profiles. */
package io.agencyos.profiles;
