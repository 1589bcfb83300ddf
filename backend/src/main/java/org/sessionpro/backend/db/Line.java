package org.sessionpro.backend.db;

/// Where changes stand in line that would wait for one another in the database anyway, because they
/// lock the same row ([Database#write(Line, java.util.function.Function)]).
///
/// @param subject equal for what locks the same row, different for anything else
public record Line(Object subject) {}
