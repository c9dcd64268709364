/** What happened in 2016 and 2017, as data to replay: the reason why all of this exists. */
@NullMarked
package org.jalur.access.story;

import org.jspecify.annotations.NullMarked;
