//! Folding: the message as a row of plain characters (one width, one case, no accents, western digits), each knowing where it stood.
//! Only facts of script live here, no word of any language.

use unicode_normalization::UnicodeNormalization;

/// One folded character and the bytes of the message it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph {
    pub ch: char,
    pub at: usize,
    pub end: usize,
}

/// Folds a message, character by character; runs of blanks become one blank, a line break stays.
pub(super) fn fold(text: &str) -> Vec<Glyph> {
    let mut glyphs: Vec<Glyph> = Vec::with_capacity(text.len());
    for (at, original) in text.char_indices() {
        let end = at + original.len_utf8();
        for ch in fold_char(original) {
            let repeated =
                matches!(ch, ' ' | '\n') && glyphs.last().is_some_and(|last| last.ch == ch);
            if !repeated {
                glyphs.push(Glyph { ch, at, end });
            }
        }
    }
    open_hyphens(&mut glyphs);
    glyphs
}

/// Folds a word of the lexicon the same way.
pub(super) fn fold_word(word: &str) -> Vec<char> {
    fold(word.trim()).into_iter().map(|glyph| glyph.ch).collect()
}

/// A letter of a script that puts blanks between words.
pub(super) fn is_spaced_letter(ch: char) -> bool {
    ch.is_alphabetic() && !is_unspaced_letter(ch)
}

/// A letter of a script in which a word may start anywhere: Han, kana, Hangul (particles are glued on), Thai.
pub(super) fn is_unspaced_letter(ch: char) -> bool {
    matches!(ch,
        '\u{0E00}'..='\u{0E7F}' | '\u{1100}'..='\u{11FF}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{20000}'..='\u{2FFFF}')
}

/// "sore-throat" is "sore throat"; a hyphen next to a digit keeps its meaning.
fn open_hyphens(glyphs: &mut [Glyph]) {
    for i in 1..glyphs.len().saturating_sub(1) {
        if glyphs[i].ch == '-'
            && glyphs[i - 1].ch.is_alphabetic()
            && glyphs[i + 1].ch.is_alphabetic()
        {
            glyphs[i].ch = ' ';
        }
    }
}

fn fold_char(original: char) -> Vec<char> {
    match original {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => vec!['\n'],
        _ if original.is_whitespace() => vec![' '],
        _ if is_invisible(original) => Vec::new(),
        '\u{20E3}' => vec![')'], // a keycap digit numbers a line
        'º' | '˚' | 'ᵒ' | '∘' => vec!['°'],
        '’' | '‘' | '`' | '´' | 'ʼ' => vec!['\''],
        '–' | '—' | '−' | '‐' | '‑' | '―' => vec!['-'],
        '～' | '〜' | '∼' => vec!['~'],
        '•' | '∙' | '・' | '‧' => vec!['·'],
        '…' | '⋯' | '،' | '٬' => vec![','],
        '٫' => vec!['.'],
        '؛' => vec![';'],
        '؟' => vec!['?'],
        '\u{AC00}'..='\u{D7AF}' => vec![original], // a syllable of Hangul stays whole
        _ => western_digit(original).map_or_else(|| decompose(original), |digit| vec![digit]),
    }
}

fn is_invisible(ch: char) -> bool {
    matches!(ch, '\u{00AD}' | '\u{0640}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{1F3FB}'..='\u{1F3FF}')
}

fn western_digit(ch: char) -> Option<char> {
    let zero = match ch {
        '\u{0660}'..='\u{0669}' => 0x0660,
        '\u{06F0}'..='\u{06F9}' => 0x06F0,
        '\u{0966}'..='\u{096F}' => 0x0966,
        '\u{0E50}'..='\u{0E59}' => 0x0E50,
        '\u{FF10}'..='\u{FF19}' => 0xFF10,
        '\u{1D7CE}'..='\u{1D7FF}' => return char::from_digit((u32::from(ch) - 0x1D7CE) % 10, 10),
        _ => return None,
    };
    char::from_digit(u32::from(ch) - zero, 10)
}

fn decompose(original: char) -> Vec<char> {
    let mut folded: Vec<char> = original
        .nfkd()
        .filter(|ch| !is_accent(*ch))
        .flat_map(char::to_lowercase)
        .flat_map(plain_letter)
        .collect();
    if !original.is_ascii() && folded.iter().any(char::is_ascii_digit) {
        folded.insert(0, ' '); // a circled digit numbers a line
        folded.push(')');
    }
    folded
}

fn is_accent(ch: char) -> bool {
    matches!(ch, '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}' | '\u{0670}')
}

/// Letters that Unicode does not take apart.
fn plain_letter(ch: char) -> Vec<char> {
    match ch {
        'ß' => vec!['s', 's'],
        'æ' => vec!['a', 'e'],
        'œ' => vec!['o', 'e'],
        'ø' => vec!['o'],
        'ł' => vec!['l'],
        'đ' => vec!['d'],
        'ı' => vec!['i'],
        'ى' => vec!['ي'],
        _ => vec![ch],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        fold(text).into_iter().map(|glyph| glyph.ch).collect()
    }

    #[test]
    fn widths_cases_accents_and_digits_become_plain() {
        for (text, plain) in [
            ("３６．７ ℃", "36.7 °c"),
            ("Fièvre À 38º", "fievre a 38°"),
            ("٣٦٫٧", "36.7"),
            ("Sore-Throat", "sore throat"),
            ("①36.5②36.6", " 1)36.5 2)36.6"),
            ("Cœur  ému", "coeur emu"),
            ("열이 37도", "열이 37도"),
        ] {
            assert_eq!(folded(text), plain);
        }
    }

    #[test]
    fn every_glyph_knows_its_bytes() {
        let text = "３６";
        let glyphs = fold(text);
        assert_eq!(&text[glyphs[1].at..glyphs[1].end], "６");
    }
}
