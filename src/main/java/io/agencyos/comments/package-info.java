/**
 * What people say about requests and their assets: threads, places on a picture, resolved or not, internal or for the
 * client too. Table: comments.
 */
package io.agencyos.comments;
