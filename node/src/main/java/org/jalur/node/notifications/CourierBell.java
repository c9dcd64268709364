package org.jalur.node.notifications;

import org.jalur.node.web.Bell;
import org.springframework.stereotype.Component;

/** Wakes the couriers of this process when something is to be delivered. */
@Component
class CourierBell extends Bell {}
