/** The live screener: lists of signatures that change while content is compared with them. */
@NullMarked
package org.jalur.screening.engine;

import org.jspecify.annotations.NullMarked;
