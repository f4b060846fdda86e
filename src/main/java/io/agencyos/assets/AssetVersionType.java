package io.agencyos.assets;

import org.eclipse.microprofile.graphql.Description;

@Description("How a version came about")
public enum AssetVersionType {
    @Description("By another file in the asset's place")
    AUTO,
    @Description("By somebody who made a version on purpose")
    MANUAL
}
