/** Erasing what was said: by a message, on both sides, while every proof stays valid. */
@NullMarked
package org.jalur.node.erasure;

import org.jspecify.annotations.NullMarked;
