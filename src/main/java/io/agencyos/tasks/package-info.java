/**
 * The steps of a request, as a tree: who has to do which until when. Table: project_tasks.
 */
package io.agencyos.tasks;
