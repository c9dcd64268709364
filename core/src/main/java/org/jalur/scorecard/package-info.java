/** How an authority and a platform kept what they agreed, counted from their messages alone. */
@NullMarked
package org.jalur.scorecard;

import org.jspecify.annotations.NullMarked;
