package org.etcdmedic.api;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/** The problems that the API answers with, each with its stable type (RFC 9457). */
enum Problem {
    /** The body or a parameter is not well-formed. */
    INVALID_REQUEST(HttpStatus.BAD_REQUEST),
    /** The instance is not in the inventory. */
    UNKNOWN_INSTANCE(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The instance has no such node. */
    UNKNOWN_NODE(HttpStatus.UNPROCESSABLE_CONTENT),
    /** Nobody we know sent it. */
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED),
    /** Its sender may not do that. */
    FORBIDDEN(HttpStatus.FORBIDDEN),
    /** Its sender makes more requests than one sender may. */
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS),
    /** There is no such thing. */
    NOT_FOUND(HttpStatus.NOT_FOUND),
    /** The diagnosis has no verdict yet, or will never have one. */
    NO_VERDICT(HttpStatus.CONFLICT),
    /** The method does not exist here. */
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED),
    /** No representation fits the Accept header. */
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE),
    /** The body is larger than is taken. */
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
    /** The bundle is larger than is taken, packed or unpacked. */
    BUNDLE_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
    /** The bundle cannot be judged at all. */
    BUNDLE_REFUSED(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The knowledge that was handed in cannot be used. */
    KNOWLEDGE_REFUSED(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The replay is over and cannot be called off any more. */
    REPLAY_OVER(HttpStatus.CONFLICT),
    /** The diagnosis is over; what it would be asked for cannot be done any more. */
    DIAGNOSIS_OVER(HttpStatus.CONFLICT),
    /** The diagnosis is not over yet. */
    DIAGNOSIS_OPEN(HttpStatus.CONFLICT),
    /** The caller's idea of what stands there is not right any more. */
    PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED),
    /** The sender has used this Idempotency-Key for another request. */
    KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT),
    /** The body is not JSON. */
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
    /** The request cannot be kept now. */
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
    /** We failed. */
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR);

    private final HttpStatus status;

    Problem(HttpStatus status) {
        this.status = status;
    }

    HttpStatus status() {
        return status;
    }

    /** Last part of the type, and of the message key. */
    String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The stable type. */
    String type() {
        return "urn:etcd-medic:problem:" + slug();
    }
}
