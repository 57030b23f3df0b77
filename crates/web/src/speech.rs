//! Turns a [`Message`] into a sentence. The sentences stand in `texts/*.ftl`, one file a language.

use base::{Language, Message};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use std::sync::LazyLock;

type Texts = FluentBundle<FluentResource>;

/// Parsed once; nothing ever changes them.
static TEXTS: LazyLock<[Texts; 4]> = LazyLock::new(|| Language::ALL.map(read));

/// The source of a language's sentences.
pub(crate) fn source(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../texts/en.ftl"),
        Language::Polish => include_str!("../texts/pl.ftl"),
        Language::French => include_str!("../texts/fr.ftl"),
        Language::Romanian => include_str!("../texts/ro.ftl"),
    }
}

fn read(language: Language) -> Texts {
    // What does not parse is left out here and fails a test below.
    let resource = FluentResource::try_new(source(language).to_owned()).unwrap_or_else(|(parsed, _)| parsed);
    let mut texts = FluentBundle::new_concurrent(language.code().parse().into_iter().collect());
    // Without this, every value would be wrapped in invisible direction marks.
    texts.set_use_isolating(false);
    let _ = texts.add_resource(resource);
    texts
}

fn texts(language: Language) -> &'static Texts {
    let [english, polish, french, romanian] = &*TEXTS;
    match language {
        Language::English => english,
        Language::Polish => polish,
        Language::French => french,
        Language::Romanian => romanian,
    }
}

/// The message as a sentence. Without a text in the language it speaks English, without that the bare code.
pub fn speak(message: &Message, language: Language) -> String {
    let spoken = say(message, texts(language)).or_else(|| say(message, texts(Language::English)));
    spoken.unwrap_or_else(|| message.to_string())
}

fn say(message: &Message, texts: &Texts) -> Option<String> {
    let pattern = texts.get_message(message.code)?.value()?;
    let args: FluentArgs<'_> = message.args.iter().map(|(name, text)| (*name, value(text))).collect();
    let mut errors = Vec::new();
    let spoken = texts.format_pattern(pattern, Some(&args), &mut errors);
    errors.is_empty().then(|| spoken.into_owned())
}

/// Numbers choose plural forms; what merely looks like one (`007`) stays a text.
fn value(text: &str) -> FluentValue<'_> {
    match text.parse::<i64>() {
        Ok(number) if number.to_string() == text => FluentValue::from(number),
        _ => FluentValue::from(text),
    }
}

#[cfg(test)]
mod tests;
