/** The pages in a real browser. */
@NullMarked
package org.jalur.browser;

import org.jspecify.annotations.NullMarked;
