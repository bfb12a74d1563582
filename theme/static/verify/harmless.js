/** Text of strangers, made harmless to show; mirrors mcsite/credentials/claim_text.py. */

const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\u00ad\u180e\u200b\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
// What a verdict is drawn with: ticks, crosses, boxes, locks, shields, signs and coloured discs.
const MARKS =
  /[\u25a0-\u27bf\u2b00-\u2bff\u2300-\u23ff\u203c\u2049\u2139\u221a\u{1f110}-\u{1f1ff}\u{1f300}-\u{1faff}\u{1fbc0}-\u{1fbff}]\ufe0f?/gu;

/**
 * A text without direction controls and invisible characters, its marks replaced. ZWJ and ZWNJ stay.
 *
 * @param {string} text
 * @returns {string}
 */
export function harmless(text) {
  return text.normalize("NFC").replace(UNSEEN, "").replace(MARKS, "\u25a1");
}
