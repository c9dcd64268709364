package org.jalur.screening;

/** A signature that content matches. */
public record Match(Signature signature) {}
