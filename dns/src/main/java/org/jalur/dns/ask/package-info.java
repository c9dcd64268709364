/** Asks resolvers, believes nothing of what they answer, and tells what was heard. */
@NullMarked
package org.jalur.dns.ask;

import org.jspecify.annotations.NullMarked;
