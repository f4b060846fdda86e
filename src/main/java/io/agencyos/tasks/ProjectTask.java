package io.agencyos.tasks;

import java.time.OffsetDateTime;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Converter;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

import io.agencyos.db.LowerCase;
import io.agencyos.db.References;
import io.agencyos.db.SameForStaff;
import io.agencyos.db.Versioned;
import io.agencyos.profiles.Profile;
import io.agencyos.requests.Request;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Ignore;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.DynamicUpdate;

/** One step of a request, which may have steps of its own. */
@Entity
@Table(name = "project_tasks")
@DynamicInsert
@DynamicUpdate
@SameForStaff
@Type("ProjectTask")
@Description("A step of a request")
public class ProjectTask extends Versioned {

    @Ignore
    @References(Request.class)
    @Column(name = "request_id", updatable = false)
    public UUID requestId;

    @NonNull
    @Description("Title")
    public String title;

    @Description("What is to be done, in full")
    public String description;

    @NonNull
    @Description("Where it stands")
    @Convert(converter = StatusColumn.class)
    public ProjectTaskStatus status;

    @Description("When it has to be done")
    @Column(name = "due_date")
    public OffsetDateTime dueDate;

    @Ignore
    @References(Profile.class)
    @Column(name = "assigned_to")
    public UUID assignedTo;

    @NonNull
    @Description("Its place among the tasks beside it, the smallest first")
    @Column(name = "sort_order")
    public Integer sortOrder;

    @Ignore
    @References(ProjectTask.class)
    @Column(name = "parent_task_id")
    public UUID parentTaskId;

    @NonNull
    @Description("When it last changed")
    @Column(name = "updated_at", insertable = false, updatable = false)
    public OffsetDateTime updatedAt;

    @Converter
    static class StatusColumn extends LowerCase<ProjectTaskStatus> {
        StatusColumn() {
            super(ProjectTaskStatus.class);
        }
    }
}
