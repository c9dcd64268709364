/** How each authority and platform kept what they agreed: the same figures on both nodes. */
@NullMarked
package org.jalur.node.scorecard;

import org.jspecify.annotations.NullMarked;
