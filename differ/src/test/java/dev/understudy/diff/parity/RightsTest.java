package dev.understudy.diff.parity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chapter 5.8: owners have all rights by default, PUBLIC may call functions, a right may come with its grant option. */
class RightsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // a letter, a role or PUBLIC is gone
                "public.t   | {owner=arwd/owner,app=arw/owner}   | {owner=arwd/owner,app=r/owner} | true",
                "public.t   | {owner=arwd/owner,app=arw/owner}   | {owner=arwd/owner}             | true",
                "public.t   | {=r/owner,app=r/owner}             | {app=r/owner}                  | true",
                "public.t   | {app=r*/owner}                     | {app=r/owner}                  | true",
                "public.t   | {\"app-1=arw/owner\"}            | {\"app-1=r/owner\"}          | true",
                "public.t   | {app=r/owner}                      | {other=r/owner}                | true",
                // nobody may do less
                "public.t   | {app=r/owner}                      | {app=arw/owner}                | false",
                "public.t   | {app=ar/owner,b=r/owner}           | {b=r/owner,app=ra/boss}        | false",
                "public.t   | {app=r/owner}                      | {app=r/owner,=r/owner}         | false",
                // the default
                "public.t   | {owner=arwd/owner,app=r/owner}     |                                | true",
                "public.t   | {owner=arwd/owner}                 |                                | false",
                "public.t   | {\"owner-1=arwd/owner-1\"}       |                                | false",
                "public.t   | {owner=arwd/owner,app=r/app}       |                                | true",
                "public.t   |                                    | {owner=arwd/owner,app=r/owner} | false",
                "public.f() |                                    | {owner=X/owner}                | true",
                "public.f() |                                    | {=X/owner,owner=X/owner}       | false",
                "public.f() | {=X/owner,owner=X/owner}           |                                | false",
                "public.f() | {owner=X/owner}                    |                                | false",
                "public.f() | {owner=X/owner,app=X/owner}        |                                | true",
                // another owner: the old one lost all
                "public.t   | owner app                          | owner admin                    | true",
            })
    void aRightIsLostWhereSomebodyMayDoLess(String object, String before, String after, boolean lost) {
        assertThat(Rights.isLost(object, before, after)).isEqualTo(lost);
    }
}
