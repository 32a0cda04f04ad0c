package dev.understudy.expect.gate;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** The metrics of one run. A metric that was neither measured nor ruled out has no data. */
public final class Measurements {
    private final Map<Metric, Double> values;
    private final Map<Metric, String> details;
    private final Set<Metric> notApplicable;

    private Measurements(Builder builder) {
        values = new EnumMap<>(builder.values);
        details = new EnumMap<>(builder.details);
        notApplicable = EnumSet.copyOf(builder.notApplicable);
    }

    /** The value, empty where there is no data. */
    public OptionalDouble value(Metric metric) {
        Double value = values.get(metric);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** What stands behind the value, such as the names counted; empty where there is nothing to add. */
    public String detail(Metric metric) {
        return details.getOrDefault(metric, "");
    }

    /** Whether the metric has a meaning for this run: what only a control arm can show has none without it. */
    public boolean isApplicable(Metric metric) {
        return !notApplicable.contains(metric);
    }

    /** Collects measurements. */
    public static final class Builder {
        private final Map<Metric, Double> values = new EnumMap<>(Metric.class);
        private final Map<Metric, String> details = new EnumMap<>(Metric.class);
        private final Set<Metric> notApplicable = EnumSet.noneOf(Metric.class);

        /** Sets a value. */
        public Builder set(Metric metric, double value) {
            return set(metric, value, "");
        }

        /** Sets a value and what stands behind it. */
        public Builder set(Metric metric, double value, String detail) {
            values.put(metric, value);
            details.put(metric, detail);
            return this;
        }

        /** Sets a share; without a whole there is no data. */
        public Builder share(Metric metric, long part, long whole, String detail) {
            return whole == 0 ? this : set(metric, (double) part / whole, detail);
        }

        /** Rules a metric out for this run. */
        public Builder notApplicable(Metric metric) {
            notApplicable.add(metric);
            return this;
        }

        /** The measurements so far. */
        public Measurements build() {
            return new Measurements(this);
        }
    }
}
