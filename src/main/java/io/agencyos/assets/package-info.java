/**
 * The files of a request and their versions, and how they come in. Every version is a row of its own; which one is
 * current, and its number, is decided in SQL. An upload becomes an asset, or whatever rooms above make of it ({@link
 * io.agencyos.assets.UploadTarget}). Small pictures are made by the JDK, which knows neither WebP nor AVIF: for those
 * there is {@link io.agencyos.assets.PictureReader}. Tables: assets, uploads, orphaned_files.
 */
package io.agencyos.assets;
