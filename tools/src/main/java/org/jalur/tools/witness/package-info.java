/** A witness that anyone may run: it cosigns the journals it knows, and hands messages on. */
@NullMarked
package org.jalur.tools.witness;

import org.jspecify.annotations.NullMarked;
