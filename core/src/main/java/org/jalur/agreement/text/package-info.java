/** An agreement as octets that both sides hold, and two of its versions compared, in words. */
@NullMarked
package org.jalur.agreement.text;

import org.jspecify.annotations.NullMarked;
