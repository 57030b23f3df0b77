//! The words between the tags of HTML, without its scripts and styles. Pure.

/// The longest name of a character: `&CounterClockwiseContourIntegral;` is the longest that there is.
const LONGEST_NAME: usize = 40;

/// The text outside of tags; tags part words.
pub fn text(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        characters(rest.get(..at).unwrap_or_default(), &mut text);
        rest = rest.get(at..).unwrap_or_default();
        rest = after_tag(rest);
        text.push(' ');
    }
    characters(rest, &mut text);
    text
}

/// What follows a tag; a remark, a script and a style end with their own ends.
fn after_tag(rest: &str) -> &str {
    let name = rest.get(1..).unwrap_or_default().split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let end = match name.to_ascii_lowercase().as_str() {
        _ if rest.starts_with("<!--") => "-->",
        "script" => "</script",
        "style" => "</style",
        _ => ">",
    };
    let lower = |from: usize| rest.get(from..from + end.len()).is_some_and(|part| part.eq_ignore_ascii_case(end));
    let first = end.chars().next().unwrap_or('>');
    let ends = rest.char_indices().skip(1).filter(|(_, c)| *c == first).map(|(at, _)| at);
    let Some(at) = ends.into_iter().find(|at| lower(*at)) else { return "" };
    let after = rest.get(at + end.len()..).unwrap_or_default();
    if end.ends_with('>') { after } else { after.split_once('>').map_or("", |(_, after)| after) }
}

fn characters(mut rest: &str, text: &mut String) {
    while let Some(at) = rest.find('&') {
        text.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        let end = rest.bytes().take(LONGEST_NAME).position(|byte| byte == b';');
        let name = end.and_then(|end| rest.get(..=end));
        match name.map(|name| (name, quick_xml::escape::unescape(name))) {
            Some((name, Ok(known))) => {
                text.push_str(&known);
                rest = rest.get(name.len()..).unwrap_or_default();
            }
            // Names of HTML alone are mostly blanks and accents of old pages: they part words.
            Some((name, Err(_))) => {
                text.push(' ');
                rest = rest.get(name.len()..).unwrap_or_default();
            }
            None => {
                text.push(' ');
                rest = rest.get(1..).unwrap_or_default();
            }
        }
    }
    text.push_str(rest);
}
