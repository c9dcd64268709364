package org.jalur.node.pages;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What happens around every page. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {
    private static final String[] NOT_PAGES = {"/assets/**", "/api/**", "/channel/**", "/screen"};

    private final Resume resume;

    PageConfiguration(Resume resume) {
        this.resume = resume;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(resume).excludePathPatterns(NOT_PAGES);
    }
}
