package org.etcdmedic.page;

import org.etcdmedic.inventory.Instances;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The instances and their nodes, to look at. */
@Controller
class InventoryPage {
    private final Instances instances;

    InventoryPage(Instances instances) {
        this.instances = instances;
    }

    @GetMapping("/ui/instances")
    String show(Model model) {
        model.addAttribute("instances", instances.all());
        return "page/instances";
    }
}
