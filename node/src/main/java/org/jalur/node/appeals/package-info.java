/** What affected users say against decisions about their content, and what reviewers decide. */
@NullMarked
package org.jalur.node.appeals;

import org.jspecify.annotations.NullMarked;
