package dev.understudy.diff.attribute;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What may explain a difference once all of the run's exchanges are known. As JSON, its fields tell which it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(StoredTimes.class), @JsonSubTypes.Type(DrawnIds.class)})
public sealed interface OpenClaim permits StoredTimes, DrawnIds {
    /** The attribution once the run's evidence is complete, of what was judged so without it. */
    Attribution settle(Attribution judged, RunEvidence run);
}
