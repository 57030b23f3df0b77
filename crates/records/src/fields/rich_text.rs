//! Text with emphasis, lists and links, kept as HTML of a few harmless elements. Whatever else is sent is left out;
//! what is compared and searched is the text alone.

use super::{FieldKind, Objects, Reading, text::texts_schema, texts};
use crate::{
    field::{Field, Refused},
    value::Value,
};
use ammonia::{Builder, UrlRelative};
use base::message;
use serde_json::Value as Json;
use std::sync::LazyLock;

pub(super) struct RichText;

/// Elements that begin a line of their own.
const LINES: [&str; 10] = ["p", "br", "ul", "ol", "li", "blockquote", "h1", "h2", "h3", "pre"];
/// Elements within a line.
const MARKS: [&str; 8] = ["b", "strong", "i", "em", "u", "s", "a", "code"];

/// More tags than a person writes cost more time than a person waits.
const MOST_TAGS: usize = 2_000;

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = Builder::empty();
    cleaner
        .tags(LINES.into_iter().chain(MARKS).collect())
        .clean_content_tags(["script", "style"].into())
        .tag_attributes([("a", ["href"].into())].into())
        .url_schemes(["http", "https", "mailto"].into())
        .url_relative(UrlRelative::Deny)
        .link_rel(None);
    cleaner
});

impl FieldKind for RichText {
    fn name(&self) -> &'static str {
        "rich_text"
    }

    fn from_text(&self, field: &Field, text: &str, reading: &Reading) -> Result<Value, Refused> {
        let html = sanitised(text)?;
        if texts::trim(&plain(&html)).is_empty() {
            return Ok(Value::Empty);
        }
        texts::check(field, &html, texts::LONGEST, reading)?;
        Ok(Value::Text(html))
    }

    fn to_text(&self, _field: &Field, value: &Value, _objects: &Objects) -> String {
        value.text().unwrap_or("").to_owned()
    }

    fn schema(&self, field: &Field) -> Json {
        let mut schema = texts_schema(field, texts::LONGEST);
        let elements = LINES.into_iter().chain(MARKS).collect::<Vec<_>>().join(", ");
        schema["contentMediaType"] = "text/html".into();
        schema["description"] = format!("HTML of the elements {elements}; everything else is left out").into();
        schema
    }

    fn masked(&self, _field: &Field, value: &Value) -> String {
        let first: String = plain(value.text().unwrap_or("")).trim().chars().take(1).collect();
        format!("{first}•••")
    }
}

/// The HTML with harmless elements only, in the form that comes out the same when it is sent again.
fn sanitised(text: &str) -> Result<String, Refused> {
    const ROUNDS: usize = 8;
    let mut html = texts::clean(text, texts::Lines::Many)?.into_owned();
    let length = html.chars().count();
    if i64::try_from(length).map_or(true, |length| length > texts::LONGEST) {
        return Err(message!("field-text-too-long", length = length, max = texts::LONGEST));
    }
    if html.matches('<').count() > MOST_TAGS {
        return Err(message!("field-too-many-tags", max = MOST_TAGS));
    }
    for _ in 0..ROUNDS {
        let cleaned = CLEANER.clean(&html).to_string();
        // A character that was written by its number comes out as itself.
        let cleaned = texts::clean(&cleaned, texts::Lines::Many)?.into_owned();
        if cleaned == html {
            return Ok(html);
        }
        html = cleaned;
    }
    Err(message!("field-html-unreadable"))
}

/// What a reader sees of the HTML: its text, with lines where elements begin them.
pub fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, mark) = rest.split_at(at);
        text.push_str(before);
        let known = ENTITIES.iter().find_map(|(written, meant)| Some((mark.strip_prefix(written)?, *meant)));
        rest = match (known, mark.split_once('>')) {
            (Some((after, meant)), _) => {
                text.push(meant);
                after
            }
            (None, Some((tag, after))) if mark.starts_with('<') => {
                let name = tag.trim_start_matches(['<', '/']).split(' ').next().unwrap_or_default();
                if LINES.contains(&name) && !text.ends_with('\n') {
                    text.push('\n');
                }
                after
            }
            _ => {
                text.push_str(mark.get(..1).unwrap_or_default());
                mark.get(1..).unwrap_or_default()
            }
        };
    }
    text.push_str(rest);
    text
}

/// All that a cleaned text is written with.
const ENTITIES: [(&str, char); 5] = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&nbsp;", ' '), ("&quot;", '"')];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_harmful_or_foreign_is_left_out() {
        for (sent, kept, text) in [
            ("<p>Hello <b>you</b></p>", "<p>Hello <b>you</b></p>", "\nHello you\n"),
            ("<p onclick=x()>a<script>alert(1)</script></p>", "<p>a</p>", "\na\n"),
            ("<style>p{}</style><p style='color:red'>a", "<p>a</p>", "\na\n"),
            ("<div>a<span>b</span></div>", "ab", "ab"),
            ("<a href='javascript:alert(1)'>a</a>", "<a>a</a>", "a"),
            ("<a href='/x' target=_blank rel=x>a</a>", "<a>a</a>", "a"),
            ("<a href='https://x.pl/?a=1&b=2'>a</a>", "<a href=\"https://x.pl/?a=1&amp;b=2\">a</a>", "a"),
            ("<a href=mailto:a@x.pl>a</a>", "<a href=\"mailto:a@x.pl\">a</a>", "a"),
            ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>", "\na\nb\n"),
            ("<img src=x onerror=alert(1)>a", "a", "a"),
            ("a < b &amp; c &#x17c;&copy;", "a &lt; b &amp; c ż©", "a < b & c ż©"),
            ("a<br>b<!-- c -->", "a<br>b", "a\nb"),
            ("a<math><mi><b>b", "a", "a"),
        ] {
            assert_eq!(sanitised(sent).unwrap(), kept, "{sent}");
            assert_eq!(plain(kept), text, "{kept}");
        }
        assert_eq!(sanitised("a&#1;b").unwrap_err().code, "field-control-character");
        assert_eq!(sanitised(&"<p>".repeat(MOST_TAGS + 1)).unwrap_err().code, "field-too-many-tags");
    }

    #[test]
    fn deep_and_crossed_elements_end_soon() {
        for piece in ["<blockquote>", "<b><p>", "<a href='http://x'><p>", "<b><i><u><p>", "<ul><li>", "<b><ul></b>"] {
            let tags = piece.matches('<').count();
            let _ = sanitised(&format!("{}a", piece.repeat(MOST_TAGS / tags)));
        }
    }

    proptest! {
        #[test]
        fn nothing_but_harmless_elements_ever_comes_out(
            pieces in prop::collection::vec(
                prop_oneof![
                    "</?(p|b|i|a|ul|li|h1|div|script|style|table|tr|td|svg|math|mtext|noscript|template|form|select)( href=\"?(javascript:|http://x|x)\"?| onclick=x)?>",
                    "[a-z<>&;\"'= ]{0,6}",
                    "&(lt|gt|amp|#60|#x3c);",
                    any::<String>(),
                ],
                0..12,
            ),
        ) {
            if let Ok(html) = sanitised(&pieces.concat()) {
                prop_assert_eq!(sanitised(&html).unwrap(), html.clone());
                for tag in html.split('<').skip(1) {
                    let name = tag.trim_start_matches('/').split([' ', '>']).next().unwrap();
                    prop_assert!(LINES.contains(&name) || MARKS.contains(&name), "{}", html);
                    let attributes = tag.split('>').next().unwrap()[name.len()..].trim_start_matches('/').to_owned();
                    let lawful = attributes.is_empty() || attributes.starts_with(" href=\"http") || tag.starts_with('/');
                    prop_assert!(lawful, "{}", html);
                }
                plain(&html);
            }
        }
    }
}
