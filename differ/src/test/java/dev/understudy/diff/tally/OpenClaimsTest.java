package dev.understudy.diff.tally;

import static dev.understudy.diff.kit.Observations.observed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.diff.attribute.ClockClaim;
import dev.understudy.diff.attribute.StoredTimes;
import dev.understudy.diff.group.Occurrence;
import dev.understudy.diff.tally.OpenClaims.ExchangeKey;
import dev.understudy.diff.tally.OpenClaims.OfExchange;
import dev.understudy.diff.tally.OpenClaims.Open;
import dev.understudy.trace.entry.ExchangeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenClaimsTest {
    private static final OfExchange A = open(1, 1, 1);
    private static final OfExchange B = open(1, 2, 1);
    private static final OfExchange C = open(2, 0, 1);

    private final List<OfExchange> decided = new ArrayList<>();
    private final KeptPieces kept = new KeptPieces();

    private static OfExchange open(long session, long ordinal, int differences) {
        Occurrence occurrence =
                new Occurrence(observed().build(), new ExchangeId(session, ordinal), 0, 0, "", "then", "later");
        StoredTimes claim = new StoredTimes(new ClockClaim(session, ordinal, true), null);
        return new OfExchange(
                new ExchangeKey(session, ordinal),
                false,
                Collections.nCopies(differences, new Open(occurrence, claim)));
    }

    private OpenClaims claims(int maxOpen, OfExchange... all) {
        OpenClaims claims = new OpenClaims(maxOpen);
        for (OfExchange each : all) {
            claims.add(each, decided::add);
        }
        return claims;
    }

    private static List<OfExchange> held(OpenClaims claims) {
        List<OfExchange> held = new ArrayList<>();
        claims.forEach(held::add);
        return held;
    }

    private void keep(OpenClaims claims) {
        claims.takeChanges(kept, kept.gone(TallyEntry.Claims.KIND));
    }

    @Test
    void areHandedOverInTheOrderOfExchanges() {
        assertThat(held(claims(9, C, B, A))).containsExactly(A, B, C);
        assertThat(decided).isEmpty();
    }

    @Test
    void thoseOfTheLaterExchangesAreDecidedWhereThereAreTooMany() {
        assertThat(held(claims(2, C, B, A))).containsExactly(A, B);
        assertThat(decided).containsExactly(C);
        decided.clear();
        OpenClaims claims = claims(2, A, B, C);
        assertThat(held(claims)).containsExactly(A, B);
        assertThat(decided).containsExactly(C);
        claims.add(open(3, 0, 1), decided::add);
        assertThat(decided).containsExactly(C, open(3, 0, 1));
        assertThat(claims.cutoff()).isEqualTo(new ExchangeKey(2, 0));
    }

    @Test
    void whatCountsIsTheDifferencesNotTheExchanges() {
        assertThat(held(claims(3, open(1, 1, 2), open(1, 2, 2)))).containsExactly(open(1, 1, 2));
        assertThat(decided).containsExactly(open(1, 2, 2));
        assertThat(held(claims(4, open(1, 1, 2), open(1, 2, 2)))).hasSize(2);
    }

    @Test
    void mergedTheyAreThoseOfAll() {
        OpenClaims sum = claims(2, C);
        OpenClaims other = claims(2, A, B, open(3, 0, 1));
        assertThat(decided).containsExactly(open(3, 0, 1));
        decided.clear();
        sum.add(other, decided::add);
        assertThat(held(sum)).containsExactly(A, B);
        assertThat(decided).containsExactly(C);
    }

    @Test
    void whatAnotherHadToDecideIsDecidedHereToo() {
        OpenClaims sum = claims(9, open(3, 5, 1));
        sum.cutAt(new ExchangeKey(3, 0), decided::add);
        assertThat(decided).containsExactly(open(3, 5, 1));
        sum.cutAt(null, decided::add);
        assertThat(sum.cutoff()).isEqualTo(new ExchangeKey(3, 0));
    }

    @Test
    void whatAPartHadToDecideTheSumDecidesWhateverRoomThereIs() {
        OfExchange heavy = open(1, 1, 2);
        OpenClaims part = claims(3, heavy, open(1, 2, 2));
        decided.clear();
        OpenClaims sum = claims(3, C);
        sum.add(part, decided::add);
        assertThat(held(sum)).containsExactly(heavy);
        assertThat(decided).containsExactly(C);
    }

    @Test
    void eachIsKeptOnceAndComesBackAsItWas() {
        OpenClaims claims = claims(9, A, B);
        keep(claims);
        assertThat(kept.takeChanged()).containsExactlyInAnyOrder("1:1", "1:2");
        claims.add(C, decided::add);
        keep(claims);
        assertThat(kept.takeChanged()).containsExactly("2:0");

        OpenClaims back = new OpenClaims(9);
        kept.all(TallyEntry.Claims.class).forEach(back::restore);
        keep(back);
        assertThat(kept.takeChanged()).isEmpty();
        assertThat(held(back)).containsExactly(A, B, C);
    }

    @Test
    void whatIsDecidedIsGone() {
        OpenClaims claims = claims(2, B, C);
        keep(claims);
        OpenClaims back = new OpenClaims(2);
        kept.all(TallyEntry.Claims.class).forEach(back::restore);
        back.add(A, decided::add);
        keep(back);
        assertThat(kept.takeGone()).containsExactly("2:0");
        back.cutAt(new ExchangeKey(1, 2), decided::add);
        keep(back);
        assertThat(kept.takeGone()).containsExactly("1:2");
        keep(back);
        assertThat(kept.takeGone()).isEmpty();
        assertThat(decided).containsExactly(C, B);
    }

    @Test
    void whatWasNeverKeptCannotBeGone() {
        keep(claims(1, C, B, A));
        assertThat(kept.takeGone()).isEmpty();
        assertThat(kept.takeChanged()).containsExactly("1:1");
    }
}
