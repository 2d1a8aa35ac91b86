@NullMarked
package org.etcdmedic.access.web;

import org.jspecify.annotations.NullMarked;
