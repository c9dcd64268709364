/** Whether an order to block access is proportionate: what approvers must read and answer. */
@NullMarked
package org.jalur.access.check;

import org.jspecify.annotations.NullMarked;
