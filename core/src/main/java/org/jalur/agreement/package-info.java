/** What an authority and a platform sign: scope, rights, deadlines, conditions and escalation. */
@NullMarked
package org.jalur.agreement;

import org.jspecify.annotations.NullMarked;
