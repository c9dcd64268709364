package org.jalur.node;

import org.jalur.log.Ed25519Provider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/** Starts a node. */
@SpringBootApplication(
        proxyBeanMethods = false,
        // Accounts are ours; Spring would make one with a password in the log.
        exclude = UserDetailsServiceAutoConfiguration.class)
@EnableConfigurationProperties(JalurSettings.class)
public class JalurNode {
    public static void main(String[] arguments) {
        Ed25519Provider.prefer();
        new SpringApplication(JalurNode.class).run(arguments);
    }
}
