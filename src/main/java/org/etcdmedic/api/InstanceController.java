package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.InstanceDocument;
import org.etcdmedic.inventory.InstanceDocument.NodeDocument;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.Instances;
import org.etcdmedic.inventory.OpaqueId;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Which instances and nodes exist. */
@RestController
@RequestMapping(path = "/instances", version = "1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "instances")
class InstanceController {
    private final RequestBodies bodies;
    private final Messages messages;
    private final Instances instances;
    private final JsonMapper json;
    private final Clock clock;

    InstanceController(RequestBodies bodies, Messages messages, Instances instances, JsonMapper json, Clock clock) {
        this.bodies = bodies;
        this.messages = messages;
        this.instances = instances;
        this.json = json;
        this.clock = clock;
    }

    /** An instance on the wire; its schema is {@code InstanceView} in the contract. */
    record InstanceView(String instanceId, String name, List<NodeDocument> nodes) {
        static InstanceView of(Instance instance) {
            return new InstanceView(
                    instance.id().value(),
                    instance.name(),
                    InstanceDocument.of(instance).nodes());
        }
    }

    /** All instances. */
    record InstanceList(List<InstanceView> items) {}

    @GetMapping
    @Operation(operationId = "getInstances")
    InstanceList list() {
        return new InstanceList(instances.all().stream().map(InstanceView::of).toList());
    }

    @GetMapping("/{instanceId}")
    @Operation(operationId = "getInstance")
    ResponseEntity<InstanceView> get(@PathVariable String instanceId) {
        return instances
                .find(id(instanceId))
                .map(instance -> ResponseEntity.ok().eTag(tag(instance)).body(InstanceView.of(instance)))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
    }

    @PutMapping(path = "/{instanceId}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "putInstance",
            parameters = {
                @Parameter(in = ParameterIn.HEADER, name = HttpHeaders.IF_MATCH, schema = @Schema(type = "string")),
                @Parameter(in = ParameterIn.HEADER, name = HttpHeaders.IF_NONE_MATCH, schema = @Schema(type = "string"))
            },
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = InstanceDocument.class))))
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "201", useReturnTypeSchema = true)
    ResponseEntity<InstanceView> put(@PathVariable String instanceId, HttpServletRequest request) throws IOException {
        InstanceId id = id(instanceId);
        InstanceDocument document = bodies.read(
                bodies.tree(bodies.text(request).whole(), messages.text("problem.not-json")),
                "Instance",
                InstanceDocument.class);
        refuseTwins(document);
        Instance instance = document.toInstance(id);
        boolean created = instances.put(instance, expected(request), clock.instant());
        return ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK)
                .eTag(tag(instance))
                .body(InstanceView.of(instance));
    }

    @DeleteMapping("/{instanceId}")
    @Operation(
            operationId = "deleteInstance",
            parameters =
                    @Parameter(in = ParameterIn.HEADER, name = HttpHeaders.IF_MATCH, schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "204")
    ResponseEntity<Void> delete(@PathVariable String instanceId, HttpServletRequest request) {
        if (!instances.remove(id(instanceId), expected(request), clock.instant())) {
            throw new ProblemException(Problem.NOT_FOUND);
        }
        return ResponseEntity.noContent().build();
    }

    /** What the caller takes to stand there (RFC 9110, 13.1.1 and 13.1.2); everything when it does not say. */
    private Predicate<Optional<Instance>> expected(HttpServletRequest request) {
        HttpHeaders headers = new ServletServerHttpRequest(request).getHeaders();
        List<String> match = headers.getIfMatch();
        List<String> noneMatch = headers.getIfNoneMatch();
        return before ->
                (match.isEmpty() || names(match, before)) && (noneMatch.isEmpty() || !names(noneMatch, before));
    }

    private boolean names(List<String> tags, Optional<Instance> instance) {
        return instance.filter(known -> tags.contains("*") || tags.contains(tag(known)))
                .isPresent();
    }

    /** The same for the same content, whoever wrote it. */
    private String tag(Instance instance) {
        return '"' + DigestUtils.md5DigestAsHex(json.writeValueAsBytes(InstanceView.of(instance))) + '"';
    }

    /** The one rule that a schema cannot state. */
    private void refuseTwins(InstanceDocument document) {
        List<String> ids = document.nodes().stream().map(NodeDocument::nodeId).toList();
        for (int i = 0; i < ids.size(); i++) {
            if (ids.indexOf(ids.get(i)) < i) {
                throw new ProblemException(
                        Problem.INVALID_REQUEST,
                        List.of(new ProblemException.FieldError(
                                "/nodes/" + i + "/nodeId", messages.text("problem.twin-node"))));
            }
        }
    }

    private InstanceId id(String text) {
        if (!OpaqueId.fits(text)) {
            throw new ProblemException(
                    Problem.INVALID_REQUEST,
                    List.of(new ProblemException.FieldError("#instanceId", messages.text("problem.identifier"))));
        }
        return new InstanceId(text);
    }
}
