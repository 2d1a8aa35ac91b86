/** What is drawn on the page, as lengths of a picture: no style, no script, nothing that a policy would have to allow. */
@NullMarked
package org.etcdmedic.page.picture;

import org.jspecify.annotations.NullMarked;
