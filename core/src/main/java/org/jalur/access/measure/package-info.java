/** What resolvers answer for blocked names, what that means, and when a lift is done. */
@NullMarked
package org.jalur.access.measure;

import org.jspecify.annotations.NullMarked;
