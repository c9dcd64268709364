/** What access blocks are about: domain names, and the rules that their orders and zones obey. */
@NullMarked
package org.jalur.access;

import org.jspecify.annotations.NullMarked;
