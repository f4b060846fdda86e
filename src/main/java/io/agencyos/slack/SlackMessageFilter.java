package io.agencyos.slack;

import java.util.List;

import io.agencyos.db.BooleanFilter;
import io.agencyos.db.DateTimeFilter;
import io.agencyos.db.Filter;
import io.agencyos.db.StringFilter;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

@Input("SlackMessageFilter")
@Description("Which messages; all that is given has to hold")
public record SlackMessageFilter(
        @Description("Id") StringFilter id,
        @Description("The id that the channel has in Slack") StringFilter channelId,
        @Description("What the channel is called") StringFilter channelName,

        @Description("The id that its author has in Slack") StringFilter userId,

        @Description("The text") StringFilter text,
        @Description("When it was written") DateTimeFilter timestamp,

        @Description("The ts of the message that its thread begins with")
        StringFilter threadTs,

        @Description("Whether it replies to another one") BooleanFilter isThreadReply,
        @Description("When it came here") DateTimeFilter createdAt,
        @Description("All of these") List<SlackMessageFilter> and,
        @Description("At least one of these") List<SlackMessageFilter> or,
        @Description("Not this") SlackMessageFilter not)
        implements Filter {}
