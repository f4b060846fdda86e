package io.agencyos.assets;

import org.eclipse.microprofile.graphql.Description;

@Description("What kind of file an asset is")
public enum AssetFileType {
    @Description("A picture")
    IMAGE,
    @Description("A film")
    VIDEO,
    @Description("A design in Figma, shown where it lives")
    FIGMA,
    @Description("Text, slides, tables")
    DOCUMENT
}
