/**
 * The evidence file: messages with their receipts, keys and journal proofs, in one file that
 * somebody else checks without the word of whoever made it.
 */
@NullMarked
package org.jalur.evidence;

import org.jspecify.annotations.NullMarked;
