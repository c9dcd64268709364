/**
 * What two parties say to each other, and how each side checks it: signed messages over exact
 * bytes, parts, key statements, receipts. Pure functions over records; no I/O.
 */
@NullMarked
package org.jalur.channel;

import org.jspecify.annotations.NullMarked;
