package io.agencyos.db;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;

/**
 * A text in which there is something to be seen: neither spaces of any kind only, nor what has no width, such as marks of
 * direction, joiners, fillers and selectors (Unicode's White_Space, Default_Ignorable_Code_Point and blank characters).
 * Null is taken. The same rule holds in SQL, as {@code is_seen}.
 */
@Documented
@Constraint(validatedBy = {})
@Pattern(regexp = SomeText.REGEXP)
@ReportAsSingleViolation
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface SomeText {

    /** What such a text matches. */
    String REGEXP = "(?s).*[^\\x{0}-\\x{20}\\x{7F}-\\x{A0}\\x{AD}\\x{34F}\\x{61C}\\x{115F}\\x{1160}\\x{1680}\\x{17B4}"
            + "\\x{17B5}\\x{180B}-\\x{180F}\\x{2000}-\\x{200F}\\x{2028}-\\x{202F}\\x{205F}-\\x{206F}\\x{2800}\\x{3000}"
            + "\\x{3164}\\x{FE00}-\\x{FE0F}\\x{FEFF}\\x{FFA0}\\x{FFF0}-\\x{FFFB}\\x{1D173}-\\x{1D17A}\\x{E0000}-\\x{E0FFF}].*";

    /** What is said of a text that is none. */
    String message() default "must not be blank";

    /** As every constraint has them. */
    Class<?>[] groups() default {};

    /** As every constraint has them. */
    Class<? extends Payload>[] payload() default {};
}
