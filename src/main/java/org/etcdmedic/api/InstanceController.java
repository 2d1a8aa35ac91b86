package org.etcdmedic.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.etcdmedic.inventory.Instance;
import org.etcdmedic.inventory.InstanceDocument;
import org.etcdmedic.inventory.InstanceDocument.NodeDocument;
import org.etcdmedic.inventory.InstanceId;
import org.etcdmedic.inventory.Instances;
import org.etcdmedic.inventory.OpaqueId;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which instances and nodes exist. */
@RestController
@RequestMapping(path = "/instances", version = "1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "instances")
class InstanceController {
    private final RequestBodies bodies;
    private final Messages messages;
    private final Instances instances;
    private final Clock clock;

    InstanceController(RequestBodies bodies, Messages messages, Instances instances, Clock clock) {
        this.bodies = bodies;
        this.messages = messages;
        this.instances = instances;
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
    InstanceView get(@PathVariable String instanceId) {
        return instances
                .find(id(instanceId))
                .map(InstanceView::of)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND));
    }

    @PutMapping(path = "/{instanceId}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "putInstance",
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
        boolean created = instances.put(instance, clock.instant());
        return ResponseEntity.status(created ? HttpStatus.CREATED : HttpStatus.OK)
                .body(InstanceView.of(instance));
    }

    @DeleteMapping("/{instanceId}")
    @Operation(operationId = "deleteInstance")
    @ApiResponse(responseCode = "204")
    ResponseEntity<Void> delete(@PathVariable String instanceId) {
        if (!instances.remove(id(instanceId), clock.instant())) {
            throw new ProblemException(Problem.NOT_FOUND);
        }
        return ResponseEntity.noContent().build();
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
