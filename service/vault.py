"""Keys and what is made with them: hidden e-mail, keyed hashes, signed form times, tokens."""

import base64
import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, get_args
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from service.errors import SettingsError

NONCE_BYTES = 12
TOTP = b"totp"
"""Bound to a sealed secret, so that it can't be passed off as an e-mail address, nor the other way round."""

LetterLink = Literal["replies", "unsubscribe", "proof", "own"]
LETTER_LINKS: tuple[LetterLink, ...] = get_args(LetterLink)
"""What the link of a mail to an author leads to: to confirm or to end mail about replies, to prove the address, to
everything that was written with it."""

KEY_BYTES = 32
DIGEST_BYTES = 32
LONGEST_ID = 18
LONGEST_STAMP = 12
SHORT_WORD = 4
BROWSER_NONCE_BYTES = 16
FORM_CLOCK_SKEW = timedelta(minutes=1)
"""A form token from further in the future than this was not made by us."""


class SealedEmail(NamedTuple):
    """An e-mail address as it is stored: unreadable without the key named `key_id`."""

    key_id: str
    ciphertext: bytes
    fingerprint: bytes


class SealedSecret(NamedTuple):
    """The secret of an authenticator as it is stored: unreadable without the key named `key_id`."""

    key_id: str
    ciphertext: bytes


class Traces(NamedTuple):
    """What is kept of a client address: a keyed hash (16 bytes) and a /24 or /48 prefix."""

    ip_hash: bytes
    ip_prefix: str


@dataclass(frozen=True, slots=True)
class Keys:
    """`signing` makes hashes and tokens; `email` maps key id to a 32-byte AES key, the first one encrypts."""

    signing: bytes
    email: dict[str, bytes]


def parse_keys(secret_key: str, email_keys: str) -> Keys:
    """Keys from their settings.

    Raises:
        SettingsError: too short, or not `id:base64` pairs of 32 bytes.

    """
    if len(secret_key) < KEY_BYTES:
        raise SettingsError("GREENROOM_SECRET_KEY: needs at least 32 characters; make one with 'openssl rand -hex 32'")
    pairs: dict[str, bytes] = {}
    for pair in filter(None, (part.strip() for part in email_keys.split(","))):
        key_id, _, encoded = pair.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except ValueError:
            key = b""
        if not key_id or len(key) != KEY_BYTES:
            raise SettingsError("GREENROOM_EMAIL_KEYS: write it like 'k1:<32 bytes in base64>', newest first")
        pairs[key_id] = key
    if not pairs:
        raise SettingsError("GREENROOM_EMAIL_KEYS: needs at least one key, like 'k1:<32 bytes in base64>'")
    return Keys(secret_key.encode(), pairs)


def generate_keys() -> tuple[str, str]:
    """A fresh secret key and a fresh e-mail key, as their settings would be written."""
    return secrets.token_hex(KEY_BYTES), "k1:" + base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


class Vault:
    """Everything that needs a key. Each purpose has a key of its own, derived from the signing key."""

    def __init__(self, keys: Keys) -> None:
        self._email_keys = {key_id: AESGCM(key) for key_id, key in keys.email.items()}
        self._newest = next(iter(keys.email))
        self._subkeys = {
            purpose: hmac.digest(keys.signing, f"greenroom/{purpose}".encode(), "sha256")
            for purpose in (
                "email",
                "ip",
                "form",
                "author",
                "domain",
                "csrf",
                "mail",
                "appeal",
                "notice",
                "guess",
                "browser",
                "recovery",
                "work",
                "moderation hash",
                *LETTER_LINKS,
            )
        }

    def seal_email(self, address: str) -> SealedEmail:
        """The address as it may be stored. Equal addresses have equal fingerprints (case is folded)."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        ciphertext = nonce + self._email_keys[self._newest].encrypt(nonce, address.encode(), None)
        return SealedEmail(self._newest, ciphertext, self.email_fingerprint(address))

    def open_email(self, key_id: str, ciphertext: bytes) -> str | None:
        """The address again, or None when its key is gone."""
        key = self._email_keys.get(key_id)
        if key is None:
            return None
        try:
            return key.decrypt(ciphertext[:NONCE_BYTES], ciphertext[NONCE_BYTES:], None).decode()
        except (InvalidTag, ValueError):
            return None

    def seal_secret(self, secret: str) -> SealedSecret:
        """The secret of an authenticator as it may be stored."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        ciphertext = nonce + self._email_keys[self._newest].encrypt(nonce, secret.encode(), TOTP)
        return SealedSecret(self._newest, ciphertext)

    def open_secret(self, key_id: str, ciphertext: bytes) -> str | None:
        """The secret again, or None when its key is gone."""
        key = self._email_keys.get(key_id)
        if key is None:
            return None
        try:
            return key.decrypt(ciphertext[:NONCE_BYTES], ciphertext[NONCE_BYTES:], TOTP).decode()
        except (InvalidTag, ValueError):
            return None

    def recovery_digest(self, moderator_id: int, code: str) -> bytes:
        """A recovery code as it is stored: whoever reads the database can't try codes without the key."""
        return self._mac("recovery", f"{moderator_id}.{code}".encode())

    def email_fingerprint(self, address: str) -> bytes:
        return self._mac("email", address.casefold().encode())

    def domain_fingerprint(self, domain: str) -> bytes:
        return self._mac("domain", domain.casefold().encode())

    def traces_of(self, address: str) -> Traces:
        """What may be kept of a client's IP address."""
        ip = ipaddress.ip_address(address)
        if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        kept = ip.packed[:3] if isinstance(ip, ipaddress.IPv4Address) else ip.packed[:6]
        network = type(ip)(kept.ljust(len(ip.packed), b"\0"))
        return Traces(self._mac("ip", ip.packed)[:16], f"{network}/{len(kept) * 8}")

    def limit_key(self, address: str) -> str:
        """What a rate limit knows a client by: IPv4 whole, IPv6 by /64, both only as a keyed hash."""
        ip = ipaddress.ip_address(address)
        if isinstance(ip, ipaddress.IPv6Address):
            mapped = ip.ipv4_mapped
            return self._mac("ip", b"limit" + (mapped.packed if mapped else ip.packed[:8])).hex()[:32]
        return self._mac("ip", b"limit" + ip.packed).hex()[:32]

    def form_token(self, now: datetime) -> str:
        """Says when a form was handed out; nobody else can make one."""
        stamp = str(int(now.timestamp()))
        return f"{stamp}.{self._mac('form', stamp.encode()).hex()[:32]}"

    def form_age(self, token: str, now: datetime) -> timedelta | None:
        """How long ago the form was handed out, or None when the token is not ours."""
        stamp, _, mac = token.partition(".")
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= LONGEST_STAMP):
            return None
        expected = self._mac("form", stamp.encode()).hex()[:32]
        if not hmac.compare_digest(mac.encode(), expected.encode()):
            return None
        age = timedelta(seconds=now.timestamp() - int(stamp))
        return max(age, timedelta()) if age > -FORM_CLOCK_SKEW else None

    def work_key(self, use: str) -> bytes:
        """The key for one use in proofs of work, which nobody else may make or foresee."""
        return self._mac("work", use.encode())

    def author_token(self, comment_id: UUID) -> str:
        """Opens exactly one comment for its author: the same for every answer about it. Stored is only its hash."""
        return "gra_" + base64.urlsafe_b64encode(self._mac("author", comment_id.bytes)).decode().rstrip("=")

    def moderation_hash(self, comment_id: UUID) -> str:
        """What WordPress puts into an address beside `unapproved`: that its author was there. It opens nothing."""
        return self._mac("moderation hash", comment_id.bytes).hex()[:32]

    def csrf_token(self, session_digest: bytes) -> str:
        """What every form of this session carries: only a page of ours that the session opened knows it."""
        return self._mac("csrf", session_digest).hex()

    def is_csrf_token(self, token: str, session_digest: bytes) -> bool:
        return hmac.compare_digest(token.encode(), self.csrf_token(session_digest).encode())

    def appeal_token(self, comment_id: UUID, decision_id: int) -> str:
        """Lets whoever holds it object to this one decision. Derived, so the database holds nothing to steal."""
        mark = self._mac("appeal", comment_id.bytes + decision_id.to_bytes(8))
        return f"{decision_id}-{base64.urlsafe_b64encode(mark[:24]).decode()}"

    def is_appeal_token(self, token: str, comment_id: UUID, decision_id: int) -> bool:
        return hmac.compare_digest(token.encode(), self.appeal_token(comment_id, decision_id).encode())

    def notice_token(self, notice_id: int, action: str) -> str:
        """Lets whoever holds it decide in one way about one notice. Derived, so the database holds nothing to steal."""
        mark = self._mac("notice", f"{notice_id}/{action}".encode())
        return f"{notice_id}-{action}-{base64.urlsafe_b64encode(mark[:24]).decode()}"

    def is_notice_token(self, token: str, notice_id: int, action: str) -> bool:
        return hmac.compare_digest(token.encode(), self.notice_token(notice_id, action).encode())

    def letter_token(self, link: LetterLink, number: int) -> str:
        """What stands in a link of a mail to an author. Derived, so the database holds nothing to steal."""
        mark = self._mac(link, number.to_bytes(8))
        return f"{number}-{base64.urlsafe_b64encode(mark[:24]).decode()}"

    def read_letter_token(self, link: LetterLink, token: str) -> int | None:
        """The number that such a link is about; None when we did not make it."""
        number, _, _ = token.partition("-")
        if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_ID):
            return None
        expected = self.letter_token(link, int(number))
        return int(number) if hmac.compare_digest(token.encode(), expected.encode()) else None

    def mail_mark(self, event_key: str) -> str:
        """What stands in a mail's Message-ID: the same however often it is sent, and nobody else can foresee it."""
        return self._mac("mail", event_key.encode()).hex()[:32]

    def guess_key(self, kind: str, whose: str) -> bytes:
        """Under what guesses are counted: of a name, an address or a browser, which nobody can read from it."""
        return self._mac("guess", f"{kind}\0{whose}".encode())

    def known_browser(self, moderator_id: int) -> str:
        """What a browser keeps in which this moderator has logged in before: strangers' guesses don't slow it down."""
        nonce = secrets.token_hex(BROWSER_NONCE_BYTES)
        return f"{nonce}.{self._mac('browser', f'{moderator_id}.{nonce}'.encode()).hex()}"

    def is_known_browser(self, shown: str, moderator_id: int) -> bool:
        nonce, _, mac = shown.partition(".")
        expected = self._mac("browser", f"{moderator_id}.{nonce}".encode()).hex()
        return hmac.compare_digest(mac.encode(), expected.encode())

    def _mac(self, purpose: str, message: bytes) -> bytes:
        """HMAC-SHA256 with the purpose's own key, 32 bytes."""
        return hmac.digest(self._subkeys[purpose], message, "sha256")


def mask_email(address: str) -> str:
    """Enough of an address to recognise one that is known, and not enough to write to it: `a…n@e…e.org`."""
    local, _, host = address.rpartition("@")
    name, dot, ending = host.rpartition(".")
    return f"{_masked(local)}@{_masked(name)}{dot}{ending}"


def _masked(word: str) -> str:
    """First and last letter of a word of more than four, the first of a shorter one, none of a single letter."""
    if len(word) > SHORT_WORD:
        return f"{word[0]}…{word[-1]}"
    return f"{word[0]}…" if len(word) > 1 else "…"


class ApiToken(NamedTuple):
    """A token as it is shown once, and the SHA-256 of it that is stored."""

    shown: str
    digest: bytes


def new_api_token() -> ApiToken:
    shown = "grt_" + secrets.token_urlsafe(KEY_BYTES)
    return ApiToken(shown, token_digest(shown))


def new_session_token() -> ApiToken:
    """A fresh session, as its cookie holds it and as it is stored."""
    shown = "grs_" + secrets.token_urlsafe(KEY_BYTES)
    return ApiToken(shown, token_digest(shown))


def new_link_token() -> ApiToken:
    """A fresh link for one person, as it is handed out and as it is stored."""
    shown = "grl_" + secrets.token_urlsafe(KEY_BYTES)
    return ApiToken(shown, token_digest(shown))


def new_proof_token() -> ApiToken:
    """What a browser keeps to show, once its address has confirmed it, that the address is its owner's."""
    shown = "grp_" + secrets.token_urlsafe(KEY_BYTES)
    return ApiToken(shown, token_digest(shown))


def token_digest(token: str) -> bytes:
    """SHA-256: the token has 256 random bits, so a slow hash would add nothing."""
    return hashlib.sha256(token.encode()).digest()


def is_token_of(token: str, digest: bytes | None) -> bool:
    """Whether this is the token that was stored as `digest`; None is no token's."""
    return hmac.compare_digest(token_digest(token), digest or bytes(DIGEST_BYTES)) and digest is not None
