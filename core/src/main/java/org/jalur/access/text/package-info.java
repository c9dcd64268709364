/** Orders to block access, and what happened to them, as octets that are signed and sent. */
@NullMarked
package org.jalur.access.text;

import org.jspecify.annotations.NullMarked;
