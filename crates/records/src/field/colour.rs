//! Colours of options: a few with a name, each with pairs that can be read on light and on dark screens, or any other.

/// What a screen paints behind a text, and the text: `#rrggbb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    pub behind: &'static str,
    pub text: &'static str,
}

/// A colour with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shade {
    pub name: &'static str,
    pub light: Pair,
    pub dark: Pair,
}

const fn shade(name: &'static str, light: [&'static str; 2], dark: [&'static str; 2]) -> Shade {
    Shade { name, light: Pair { behind: light[0], text: light[1] }, dark: Pair { behind: dark[0], text: dark[1] } }
}

/// The colours with a name. In each pair the text stands out by 4.5 to 1 at least (WCAG 2.2, AA).
pub const PALETTE: [Shade; 10] = [
    shade("grey", ["#e5e7eb", "#1f2937"], ["#374151", "#e5e7eb"]),
    shade("red", ["#fee2e2", "#991b1b"], ["#7f1d1d", "#fecaca"]),
    shade("orange", ["#ffedd5", "#9a3412"], ["#7c2d12", "#fed7aa"]),
    shade("yellow", ["#fef9c3", "#854d0e"], ["#713f12", "#fef08a"]),
    shade("green", ["#dcfce7", "#166534"], ["#14532d", "#bbf7d0"]),
    shade("teal", ["#ccfbf1", "#115e59"], ["#134e4a", "#99f6e4"]),
    shade("blue", ["#dbeafe", "#1e40af"], ["#1e3a8a", "#bfdbfe"]),
    shade("violet", ["#ede9fe", "#5b21b6"], ["#4c1d95", "#ddd6fe"]),
    shade("pink", ["#fce7f3", "#9d174d"], ["#831843", "#fbcfe8"]),
    shade("brown", ["#efe0d2", "#5c3a1e"], ["#4a3020", "#ecd5bf"]),
];

/// The colour in the one form that is kept: a name of [`PALETTE`], or `#rrggbb` in lower case; nothing for another text.
pub fn colour(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let is_exact =
        text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.chars().all(|c| c.is_ascii_hexdigit()));
    (is_exact || PALETTE.iter().any(|shade| shade.name == text)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance, as WCAG 2.2 defines it.
    fn luminance(hex: &str) -> f64 {
        let part = |at: usize| {
            let c = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    #[test]
    fn texts_stand_out_on_light_and_on_dark() {
        for shade in PALETTE {
            for pair in [shade.light, shade.dark] {
                let (one, other) = (luminance(pair.behind), luminance(pair.text));
                let ratio = (one.max(other) + 0.05) / (one.min(other) + 0.05);
                assert!(ratio >= 4.5, "{} {ratio}", shade.name);
            }
        }
    }

    #[test]
    fn the_paper_shows_the_palette() {
        let paper = include_str!("../../../../docs/fields.md");
        for Shade { name, light, dark } in PALETTE {
            let row =
                format!("| `{name}` | `{}` on `{}` | `{}` on `{}` |", light.text, light.behind, dark.text, dark.behind);
            assert!(paper.contains(&row), "{row}");
        }
    }

    #[test]
    fn a_colour_has_a_name_or_six_digits() {
        for (text, kept) in
            [("Teal", Some("teal")), ("#0A7F7f", Some("#0a7f7f")), ("#fff", None), ("", None), ("#12345é", None)]
        {
            assert_eq!(colour(text).as_deref(), kept, "{text}");
        }
    }
}
