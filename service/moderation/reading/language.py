"""Language: which one a comment is written in, by its letters and its commonest words.

Libraries were tried: the small ones take 0.8 s and 100 MB to load, more than the whole reader may. The reader needs to
know only whether it was trained on the language; for that the words below are enough. Short texts are `und`
(undetermined), which is never held against anyone.
"""
# ruff: noqa: RUF001 - words of many languages

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

UNKNOWN = "und"
TRAINED = frozenset({"en", "de", "id"})

_WORDS: Mapping[str, str] = {
    "en": (
        "the and is it to of in that you for this was with my have are not but on be i'm don't just what "
        "so they your can like me if out all about how would an there when who his her she he we i at do "
        "from"
    ),
    "de": (
        "der die das und ist nicht ich du zu den mit ein eine auf für von es sie wir aber auch wie so "
        "dem sich im wenn nur noch hat war mal doch was hier kein keine mir mich dass schon bei nach"
    ),
    "id": (
        "yang di dan ini itu aku saya kamu ga gak nggak tidak ada aja juga lagi sama bisa kalo kalau "
        "udah sudah banget buat bang kak apa dari dengan untuk jadi orang mau gua gue lu ke yg nya kok "
        "sih dong deh pake"
    ),
    "es": (
        "el la los las de que y en un una es no por con para se lo su pero como más mi muy está qué yo del al me te"
    ),
    "pt": (
        "o os as de que e em um uma é não por com para se seu mas como mais meu muito está eu você isso dos da do na no"
    ),
    "fr": (
        "le la les de des que et en un une est pas pour avec ce je vous il elle mais comme plus très mon "
        "sur dans qui du au"
    ),
    "it": ("il lo la gli le di che e in un una è non per con si ma come più mio molto sono della del questo ho anche"),
    "nl": ("de het een en van is niet ik je dat die op te zijn voor met maar ook wat heb als dit er aan nog bij"),
    "pl": "nie to się na jest do że jak ale co tak ja mi w z za po tylko jest był czy dla jestem bardzo",
    "tr": "bir ve bu için çok ne da de ile ben sen o ama var yok gibi daha mi mı değil kadar en",
    "sv": "och att det är som en på jag inte för med har om den av men du var så ett vi",
    "vi": "và là của có không cho một được với các tôi này người những đã cũng rất anh em bạn",
    "tl": "ang ng sa mga na ako ko mo ka siya hindi lang naman po yung kasi pero at ito",
    "ro": "și de la nu este un o cu pe care mai în din să pentru că am foarte",
}


def _by_word() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for language, text in _WORDS.items():
        for word in text.split():
            table[word] = (*table.get(word, ()), language)
    return table


_BY_WORD = _by_word()

_BY_SCRIPT: Mapping[str, str] = {
    "ARABIC": "ar", "HEBREW": "he", "GREEK": "el", "THAI": "th", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja",
    "CJK": "zh", "DEVANAGARI": "hi", "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "GEORGIAN": "ka", "ARMENIAN": "hy",
    "KHMER": "km", "MYANMAR": "my", "ETHIOPIC": "am", "GUJARATI": "gu", "GURMUKHI": "pa", "KANNADA": "kn",
    "MALAYALAM": "ml", "SINHALA": "si", "LAO": "lo", "CYRILLIC": "ru",
}  # fmt: skip
_UKRAINIAN = frozenset("іїєґ")
_NOT_ASCII_LETTER = re.compile(r"[^\W\d_a-z]")
_SPOKEN_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_MOST_LETTERS = 400
_MOST_READ = 2_000
_ENOUGH = 1.9
_CLEAR_LEAD = 1.2


def language_of_text(text: str, said: str | None = None) -> str:
    """Return the language of a text as it was typed, by its first 2,000 characters."""
    return language_of(_SPOKEN_WORD.findall(text[:_MOST_READ].lower().replace("’", "'")), said)


def language_of(tokens: Sequence[str], said: str | None = None) -> str:
    """Return the two letters of the language that the words are most likely in, or `und`.

    `said` is what the client claims (BCP 47): it decides between candidates, and alone where the text is too short.
    """
    claimed = (said or "").split("-")[0].lower()
    text = " ".join(tokens[:100])
    letters = [] if text.isascii() else _NOT_ASCII_LETTER.findall(text)[:_MOST_LETTERS]
    if letters and (found := _by_script(letters, tokens)):
        return found
    votes: dict[str, float] = {}
    for token in tokens[:200]:
        languages = _BY_WORD.get(token, ())
        for language in languages:
            votes[language] = votes.get(language, 0) + 1 / len(languages)
    return _elected(votes, claimed)


def _elected(votes: dict[str, float], claimed: str) -> str:
    if claimed in votes:
        votes[claimed] += 1
    ranking = [*sorted(votes.items(), key=lambda vote: -vote[1])[:2], (UNKNOWN, 0.0), (UNKNOWN, 0.0)]
    (first, most), (_, second) = ranking[0], ranking[1]
    if most >= _ENOUGH and most >= _CLEAR_LEAD * second:
        return first
    return claimed or UNKNOWN


def _by_script(letters: Sequence[str], tokens: Sequence[str]) -> str | None:
    """Return the language of a script other than Latin, when most letters are of it."""
    scripts = Counter(map(_script, letters))
    script, count = scripts.most_common(1)[0]
    all_letters = sum(character.isalpha() for token in tokens[:100] for character in token)
    if script == "LATIN" or 2 * count < min(all_letters, _MOST_LETTERS):
        return None
    if script == "CYRILLIC" and not _UKRAINIAN.isdisjoint(letters):
        return "uk"
    if script == "CJK" and (scripts["HIRAGANA"] or scripts["KATAKANA"]):
        return "ja"
    return _BY_SCRIPT.get(script, UNKNOWN)


@lru_cache(maxsize=8192)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0]
