/** Who may do what: accounts, roles, API tokens. */
@NullMarked
package org.jalur.node.accounts;

import org.jspecify.annotations.NullMarked;
