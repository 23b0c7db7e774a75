"""Letters in disguise: which character stands for which, for `normalise`.

The look-alikes are those of Cyrillic, Greek, Armenian and Cherokee that Unicode Technical Standard 39 lists for the
basic Latin letters and that people meet in spam; the rest are alphabets that NFKC does not fold.
"""
# ruff: noqa: RUF001 - letters that look like others are what this is about

INVISIBLE = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d"
    "\u206e\u206f\u3164\ufeff\uffa0\ufff9\ufffa\ufffb"
) | {chr(number) for number in (*range(0xFE00, 0xFE10), *range(0xE0000, 0xE0080), *range(0xE0100, 0xE01F0))}


def _pairs(alike: str, latin: str) -> dict[str, str]:
    return dict(zip(alike, latin, strict=True))


LOOK_ALIKE = (
    _pairs("асԁеһіјӏорԛѕԝхуъьҽпгѵѡкмвнтиґүұҝ", "acdehijlopqswxybbenrvwkmbhtnryyk")
    | _pairs("αβγεηικνορτυχωμδσζ", "abyenikvoptuxwudoz")
    | _pairs("ացօսոհքզ", "wgounhpq")
    | _pairs("ꭰꭱꭲꮪꮯꭼꮋꮃꮇꮲꭺ", "dritscgehwpa"[:11])
)
"""Lower-case letters of other alphabets by the Latin letter that they look like."""

_RAISED_SMALL_CAPITALS = _pairs("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz")
_UPSIDE_DOWN = _pairs("ɐɔǝɟɓɥıɾʞɯɹʇʌʍʎ", "acefghijkmrtvwy")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _row_of_letters(first: int) -> dict[str, str]:
    return {chr(first + place): letter for place, letter in enumerate(_LETTERS)}


DECORATED = (
    _RAISED_SMALL_CAPITALS
    | _UPSIDE_DOWN
    | _row_of_letters(0x1F150)  # white on black circles
    | _row_of_letters(0x1F170)  # white on black squares
    | _row_of_letters(0x1F1E6)  # regional indicators
)
"""Letters of fancy alphabets that have no decomposition, by the plain letter."""

LEET = str.maketrans({
    "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g", "@": "a", "$": "s", "!": "i",
    "|": "l", "€": "e", "£": "l", "*": None, "#": None, "_": None, "-": None, ".": None, "'": None,
})  # fmt: skip
"""What digits and symbols stand for inside a word; a star stands for a letter that was taken out."""
