/** The chats that people of a shift read: each has its own signature, its own limits, and its own way to say no under status 200. */
@NullMarked
package org.etcdmedic.ticketing.chat;

import org.jspecify.annotations.NullMarked;
