package org.jalur.evidence;

import java.util.Optional;
import org.jalur.log.Hash;

/**
 * A part whose octets are those that the message commits to.
 *
 * @param length of its content in octets
 * @param content where the reader asked for it and it is small enough
 */
public record OpenedPart(Hash leaf, String type, int length, Optional<byte[]> content) {}
