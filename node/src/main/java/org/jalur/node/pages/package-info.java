/** What all pages share: their frame, languages, clocks, forms and errors; signing in, accounts. */
@NullMarked
package org.jalur.node.pages;

import org.jspecify.annotations.NullMarked;
