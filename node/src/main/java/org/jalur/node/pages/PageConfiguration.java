package org.jalur.node.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.FlashMapManager;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What happens around every page. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {
    private static final String[] NOT_PAGES = {"/assets/**", "/api/**", "/channel/**", "/screen"};

    private final Resume resume;
    private final SelfRefresh selfRefresh;

    PageConfiguration(Resume resume, SelfRefresh selfRefresh) {
        this.resume = resume;
        this.selfRefresh = selfRefresh;
    }

    /** No page hands anything to the next but by its address; looking for it loads the session. */
    @Bean
    FlashMapManager flashMapManager() {
        return new FlashMapManager() {
            @Override
            public @Nullable FlashMap retrieveAndUpdate(
                    HttpServletRequest request, HttpServletResponse response) {
                return null;
            }

            @Override
            public void saveOutputFlashMap(
                    FlashMap flashMap, HttpServletRequest request, HttpServletResponse response) {
                throw new IllegalStateException("nothing is handed over: " + flashMap.keySet());
            }
        };
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(resume).excludePathPatterns(NOT_PAGES);
        registry.addInterceptor(selfRefresh).excludePathPatterns(NOT_PAGES);
    }
}
