package org.jalur.node;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Starts a node. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(JalurSettings.class)
public class JalurNode {
    public static void main(String[] arguments) {
        new SpringApplication(JalurNode.class).run(arguments);
    }
}
