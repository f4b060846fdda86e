package io.agencyos.db;

import org.eclipse.microprofile.graphql.Description;

@Description("Which way a list is ordered")
public enum Direction {
    @Description("Smallest, earliest, first in the alphabet comes first; nothing comes last")
    ASC,
    @Description("Largest, latest, last in the alphabet comes first; nothing comes first")
    DESC
}
