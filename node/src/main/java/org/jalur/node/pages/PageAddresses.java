package org.jalur.node.pages;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Which addresses of this node are pages, and which only take a form. */
@Component
class PageAddresses {
    private final List<Route> routes;

    PageAddresses(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mappings) {
        routes =
                mappings.getHandlerMethods().entrySet().stream()
                        .flatMap(one ->
                                one.getKey().getPatternValues().stream()
                                        .map(pattern ->
                                                Route.of(
                                                        pattern,
                                                        one.getKey()
                                                                .getMethodsCondition()
                                                                .getMethods()
                                                                .contains(RequestMethod.GET),
                                                        one.getValue())))
                        .toList();
    }

    /** The address itself, or the nearest one above it that can be asked for. */
    String nearest(String path) {
        String at = path;
        while (at.lastIndexOf('/') > 0 && !isPage(at)) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return isPage(at) ? at : "/";
    }

    /** A pattern that is nearer than others decides: /cases/next takes a form and is no case. */
    private boolean isPage(String path) {
        PathContainer asked = PathContainer.parsePath(path);
        List<Route> taking = routes.stream().filter(route -> route.takes(asked)).toList();
        Optional<PathPattern> nearest =
                taking.stream().map(Route::pattern).min(PathPattern::compareTo);
        return taking.stream()
                .anyMatch(route -> route.page() && nearest.equals(Optional.of(route.pattern())));
    }

    /**
     * @param page whether it answers with a page when it is asked for
     * @param variables their types by name
     */
    private record Route(PathPattern pattern, boolean page, Map<String, Class<?>> variables) {
        static Route of(String pattern, boolean get, HandlerMethod handler) {
            Map<String, Class<?>> variables = new HashMap<>();
            for (var parameter : handler.getMethod().getParameters()) {
                if (parameter.isAnnotationPresent(PathVariable.class)) {
                    variables.put(parameter.getName(), parameter.getType());
                }
            }
            return new Route(
                    PathPatternParser.defaultInstance.parse(pattern),
                    get && handler.getBeanType().isAnnotationPresent(PageController.class),
                    variables);
        }

        boolean takes(PathContainer path) {
            PathPattern.PathMatchInfo match = pattern.matchAndExtract(path);
            return match != null
                    && match.getUriVariables().entrySet().stream()
                            .allMatch(value ->
                                    fits(
                                            value.getValue(),
                                            variables.getOrDefault(value.getKey(), String.class)));
        }

        private static boolean fits(String value, Class<?> type) {
            try {
                DefaultConversionService.getSharedInstance().convert(value, type);
                return true;
            } catch (ConversionException _) {
                return false;
            }
        }
    }
}
