/** Decodes strangers' pictures with the libraries that are kept for it, in a process of its own. */
@NullMarked
package org.jalur.tools.picture;

import org.jspecify.annotations.NullMarked;
