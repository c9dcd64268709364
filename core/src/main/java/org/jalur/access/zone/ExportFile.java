package org.jalur.access.zone;

/**
 * A file for a resolver whose operator cannot transfer zones.
 *
 * @param path where the operator puts it; other files name it so
 */
public record ExportFile(String path, String text) {}
