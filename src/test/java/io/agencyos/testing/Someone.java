package io.agencyos.testing;

/**
 * Who asks, as the database is told: an id and a role, which need not be true or even well-formed.
 *
 * @param id what stands in {@code app.user_id}
 * @param role what stands in {@code app.role}
 */
public record Someone(String id, String role) {

    public static final String NORTHWIND = "c0000000-0000-4000-8000-000000000001";
    public static final String LUMEN = "c0000000-0000-4000-8000-000000000002";

    public static final Someone ADA = new Someone("a0000000-0000-4000-8000-000000000001", "admin");
    public static final Someone BOB = new Someone("a0000000-0000-4000-8000-000000000002", "user");
    public static final Someone CAROL = new Someone("a0000000-0000-4000-8000-000000000003", "user");
    /** Of Northwind. */
    public static final Someone DANA = new Someone("a0000000-0000-4000-8000-000000000004", "client");
    /** Of Northwind too. */
    public static final Someone DAVE = new Someone("a0000000-0000-4000-8000-000000000005", "client");
    /** Of Lumen. */
    public static final Someone ERIN = new Someone("a0000000-0000-4000-8000-000000000006", "client");
    /** Of no client yet. */
    public static final Someone FINN = new Someone("a0000000-0000-4000-8000-000000000007", "client");
    /** The application itself, in its jobs. */
    public static final Someone SYSTEM = new Someone("", "system");

    public static final Someone NOBODY = new Someone("", "");
}
