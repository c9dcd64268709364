/** The command line: checks that need no node and no database. */
@NullMarked
package org.jalur.tools;

import org.jspecify.annotations.NullMarked;
