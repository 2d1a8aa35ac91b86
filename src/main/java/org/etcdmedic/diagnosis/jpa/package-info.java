@NullMarked
package org.etcdmedic.diagnosis.jpa;

import org.jspecify.annotations.NullMarked;
