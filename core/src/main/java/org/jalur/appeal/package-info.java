/** Appeals of affected users: who may, until when, what is said, and by when it is answered. */
@NullMarked
package org.jalur.appeal;

import org.jspecify.annotations.NullMarked;
