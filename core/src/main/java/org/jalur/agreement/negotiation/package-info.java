/** How two parties come to a version that both signed, whatever crosses on the way. */
@NullMarked
package org.jalur.agreement.negotiation;

import org.jspecify.annotations.NullMarked;
