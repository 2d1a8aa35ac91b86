package org.etcdmedic.access.web;

/** The service would be open to everybody on the network. */
final class OpenServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String property;

    OpenServiceException(String property) {
        super(property + " is not loopback, and nobody has to say who he is");
        this.property = property;
    }

    String property() {
        return property;
    }
}
