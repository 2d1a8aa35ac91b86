@NullMarked
package org.etcdmedic.alarm.source.yaml;

import org.jspecify.annotations.NullMarked;
