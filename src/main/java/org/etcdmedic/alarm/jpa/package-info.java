@NullMarked
package org.etcdmedic.alarm.jpa;

import org.jspecify.annotations.NullMarked;
