/**
 * The tamper-evident log: RFC 6962 trees, C2SP signed notes, checkpoints, tiles and proofs, and
 * files that come to a disk whole or not at all.
 */
@NullMarked
package org.jalur.log;

import org.jspecify.annotations.NullMarked;
