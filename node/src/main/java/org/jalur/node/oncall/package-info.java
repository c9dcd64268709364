/** Who is on call in each role: week by week, with stand-ins and handovers. */
@NullMarked
package org.jalur.node.oncall;

import org.jspecify.annotations.NullMarked;
