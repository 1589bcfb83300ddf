package org.sessionpro.backend.db;

/// Something in a database that is not as it must be.
///
/// @param check short name of the rule, in snake case
/// @param count how many rows or objects break it, at least 1
/// @param detail what is wrong, without the content of any row
public record Defect(String check, long count, String detail) {}
