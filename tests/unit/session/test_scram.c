/* SPDX-License-Identifier: Apache-2.0 */
/* Password forms: the exchange of RFC 7677 section 3, verifiers that the oracle made, malformed ones. */
#include "unit/unit.h"

#include "session/scram.h"

/* RFC 7677: user "user", password "pencil". */
static const char auth_message[] =
    "n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
    "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";

static void test_rfc_7677(void **state)
{
    (void)state;
    Unit unit;
    unit_open(&unit);
    ScramVerifier verifier = {.iterations = 4096};
    size_t bytes;
    uint8_t proof[SCRAM_KEY_BYTES], signature[SCRAM_KEY_BYTES];
    assert_true(base64_decode(STR("W22ZaJ0SNY7soEsUEjb6gQ=="), verifier.salt, 64, &bytes));
    verifier.salt_bytes = (uint32_t)bytes;
    scram_derive(unit.arena, STR("pencil"), &verifier);
    assert_true(base64_decode(STR("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="), proof,
                              sizeof proof, &bytes));
    assert_true(scram_check_proof(&verifier, str_from(auth_message), proof));
    scram_server_signature(&verifier, str_from(auth_message), signature);
    assert_true(str_equal(base64_encode(unit.arena, signature, sizeof signature),
                          STR("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")));
    proof[7] ^= 1;
    assert_false(scram_check_proof(&verifier, str_from(auth_message), proof));
    unit_close(&unit);
}

/* Made by the oracle: create role u password 'geheim'; select rolpassword from pg_authid. */
static void test_verifiers_of_the_oracle(void **state)
{
    (void)state;
    Unit unit;
    unit_open(&unit);
    Str scram = STR(
        "SCRAM-SHA-256$4096:Ja69mpswFXOlwYOU/BchjA==$"
        "6p1QreqxOI10sVRq3MsNZZ3BvRxIKLl/vs8AhTjun18=:AKbY4dtYXpKy3MkaKrN8puOwkUXnC77DB92b2hEN+74=");
    Str md5 = STR("md54121aa4bb2d7260bc61861aadd5901f4");
    ScramVerifier verifier;
    assert_int_equal(password_form(scram), PASSWORD_SCRAM);
    assert_int_equal(password_form(md5), PASSWORD_MD5);
    assert_true(scram_parse(scram, &verifier));
    assert_true(str_equal(scram_print(unit.arena, &verifier), scram));
    assert_true(password_matches(unit.arena, STR("srv_u"), scram, STR("geheim")));
    assert_false(password_matches(unit.arena, STR("srv_u"), scram, STR("Geheim")));
    assert_true(password_matches(unit.arena, STR("srv_u"), md5, STR("geheim")));
    assert_false(password_matches(unit.arena, STR("other"), md5, STR("geheim")));
    assert_true(
        str_equal(password_encrypt(unit.arena, STR("srv_u"), STR("geheim"), false, 0), md5));
    assert_true(str_equal(password_encrypt(unit.arena, STR("srv_u"), scram, false, 0), scram));
    unit_close(&unit);
}

static void test_malformed(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "md5",
        "md5 0123456789abcdef0123456789abcde",
        "MD50123456789abcdef0123456789abcdef",
        "md50123456789ABCDEF0123456789abcdef",
        "SCRAM-SHA-256$",
        "SCRAM-SHA-256$4096:AAAA$",
        "SCRAM-SHA-256$0:AAAA$AAAA:AAAA",
        "SCRAM-SHA-256$x:AAAA$AAAA:AAAA",
        "SCRAM-SHA-256$4096:A$A:A",
        "SCRAM-SHA-256$4096:AAAA$AAAA:AAAA",
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        assert_int_equal(password_form(str_from(texts[i])), PASSWORD_PLAIN);
}

static void test_base64(void **state)
{
    (void)state;
    Unit unit;
    unit_open(&unit);
    uint8_t bytes[64], back[64];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)(i * 37 + 200);
    for (size_t n = 0; n <= sizeof bytes; n++) {
        size_t got;
        Str text = base64_encode(unit.arena, bytes, n);
        assert_true(base64_decode(text, back, sizeof back, &got));
        assert_int_equal(got, n);
        assert_memory_equal(bytes, back, n);
        if (n > 0) assert_false(base64_decode(text, back, n - 1, &got));
    }
    static const char *const bad[] = {"A",    "AA",       "AAA",  "A===", "AA=A",
                                      "====", "AA==AAAA", "A A=", "AA-="};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        size_t got;
        assert_false(base64_decode(str_from(bad[i]), back, sizeof back, &got));
    }
    unit_close(&unit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rfc_7677),
        cmocka_unit_test(test_verifiers_of_the_oracle),
        cmocka_unit_test(test_malformed),
        cmocka_unit_test(test_base64),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
