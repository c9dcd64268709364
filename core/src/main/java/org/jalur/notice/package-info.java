/** What an authority may ask under an agreement, what a platform decides, and how long it has. */
@NullMarked
package org.jalur.notice;

import org.jspecify.annotations.NullMarked;
