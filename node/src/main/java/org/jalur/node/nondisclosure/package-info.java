/**
 * Non-disclosures: until when an affected user is not told, and the one renewal that may be agreed.
 */
@NullMarked
package org.jalur.node.nondisclosure;

import org.jspecify.annotations.NullMarked;
