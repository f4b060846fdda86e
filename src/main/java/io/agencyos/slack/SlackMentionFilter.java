package io.agencyos.slack;

import java.util.List;

import io.agencyos.db.BooleanFilter;
import io.agencyos.db.DateTimeFilter;
import io.agencyos.db.Filter;
import io.agencyos.db.IdFilter;
import io.agencyos.db.StringFilter;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("SlackMentionFilter")
@Description("Which mentions; all that is given has to hold")
public record SlackMentionFilter(
        @Description("Id") IdFilter id,

        @Description("The id that whoever is mentioned has in Slack")
        StringFilter userSlackId,

        @Description("Whether they have read it") BooleanFilter isRead,
        @Description("When it came here") DateTimeFilter createdAt,
        @Description("All of these") List<SlackMentionFilter> and,
        @Description("At least one of these") List<SlackMentionFilter> or,
        @Description("Not this") SlackMentionFilter not)
        implements Filter {}
