package dev.understudy.diff.attribute;

import dev.understudy.diff.compare.ServerCatalog;
import org.jspecify.annotations.Nullable;

/**
 * The servers whose answers are compared.
 *
 * @param recorded production
 * @param control the control arm, null where there is none or it is left aside
 * @param candidate the candidate arm
 */
public record Servers(ServerCatalog recorded, @Nullable ServerCatalog control, ServerCatalog candidate) {}
