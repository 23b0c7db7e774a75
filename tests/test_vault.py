"""Keys and what is made with them."""

import base64
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.errors import SettingsError
from service.vault import Vault, generate_keys, is_token_of, new_api_token, parse_keys, token_digest

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SECRET, EMAIL_KEYS = generate_keys()
VAULT = Vault(parse_keys(SECRET, EMAIL_KEYS))


class TestKeys:
    """The two settings that hold keys."""

    def test_fresh_keys_can_be_read(self) -> None:
        """And no two pairs are alike."""
        assert generate_keys() != generate_keys()
        parse_keys(*generate_keys())

    @pytest.mark.parametrize(
        ("secret_key", "email_keys", "name"),
        [
            ("short", EMAIL_KEYS, "GREENROOM_SECRET_KEY"), ("x" * 31, EMAIL_KEYS, "GREENROOM_SECRET_KEY"),
            (SECRET, "", "GREENROOM_EMAIL_KEYS"), (SECRET, ",", "GREENROOM_EMAIL_KEYS"),
            (SECRET, "k1", "GREENROOM_EMAIL_KEYS"), (SECRET, "k1:tooshort", "GREENROOM_EMAIL_KEYS"),
            (SECRET, ":" + base64.b64encode(bytes(32)).decode(), "GREENROOM_EMAIL_KEYS"),
            (SECRET, "k1:" + base64.b64encode(bytes(31)).decode(), "GREENROOM_EMAIL_KEYS"),
            (SECRET, f"{EMAIL_KEYS},k2:***", "GREENROOM_EMAIL_KEYS"),
        ],
        ids=range(9),  # keys are random, and every process of the test run must give a test the same name
    )  # fmt: skip
    def test_a_wrong_key_is_named_and_not_printed(self, secret_key: str, email_keys: str, name: str) -> None:
        """The sentence says how it should look."""
        with pytest.raises(SettingsError, match=name) as caught:
            parse_keys(secret_key, email_keys)
        assert EMAIL_KEYS.partition(":")[2] not in str(caught.value)

    def test_a_rotated_key_still_opens_what_it_sealed(self) -> None:
        """New addresses are sealed with the first key; the second is kept for old ones."""
        sealed = VAULT.seal_email("ann@example.org")
        newer = "k2:" + base64.b64encode(b"n" * 32).decode()
        rotated = Vault(parse_keys(SECRET, f"{newer}, {EMAIL_KEYS}"))

        assert rotated.open_email(sealed.key_id, sealed.ciphertext) == "ann@example.org"
        assert rotated.seal_email("ann@example.org").key_id == "k2"
        assert rotated.email_fingerprint("ann@example.org") == sealed.fingerprint

    def test_without_its_key_an_address_is_gone(self) -> None:
        """None, not an error: a comment without a readable address is still a comment."""
        sealed = VAULT.seal_email("ann@example.org")
        other = Vault(parse_keys(SECRET, "k1:" + base64.b64encode(b"o" * 32).decode()))

        assert other.open_email(sealed.key_id, sealed.ciphertext) is None
        assert other.open_email("k9", sealed.ciphertext) is None
        assert VAULT.open_email(sealed.key_id, sealed.ciphertext[:-1] + b"x") is None
        assert VAULT.open_email(sealed.key_id, b"short") is None


class TestEmail:
    """T8, T9: unreadable in the database, comparable without being read."""

    @given(st.emails())
    def test_what_is_sealed_can_be_opened_again(self, address: str) -> None:
        """Whatever the address; and it does not stand in what is stored."""
        sealed = VAULT.seal_email(address)

        assert VAULT.open_email(sealed.key_id, sealed.ciphertext) == address
        assert address.encode() not in sealed.ciphertext

    def test_the_same_address_is_never_sealed_the_same_way(self) -> None:
        """A nonce is used once."""
        assert VAULT.seal_email("a@example.org").ciphertext != VAULT.seal_email("a@example.org").ciphertext

    def test_a_fingerprint_needs_the_key(self) -> None:
        """Case is folded; without our key nobody can make the same one from a guess (T8)."""
        other = Vault(parse_keys("another secret of at least 32 characters", EMAIL_KEYS))

        assert VAULT.email_fingerprint("Ann@Example.ORG") == VAULT.email_fingerprint("ann@example.org")
        assert VAULT.email_fingerprint("ann@example.org") != VAULT.email_fingerprint("bob@example.org")
        assert VAULT.email_fingerprint("ann@example.org") != other.email_fingerprint("ann@example.org")
        assert VAULT.email_fingerprint("example.org") != VAULT.domain_fingerprint("example.org")


class TestAddresses:
    """What is kept of a client's address."""

    @pytest.mark.parametrize(
        ("address", "prefix"),
        [
            ("203.0.113.77", "203.0.113.0/24"), ("2001:db8:77:88::1", "2001:db8:77::/48"),
            ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ],
    )  # fmt: skip
    def test_a_prefix_and_a_keyed_hash(self, address: str, prefix: str) -> None:
        """Enough to see a pattern, too little to find a person."""
        traces = VAULT.traces_of(address)

        assert traces.ip_prefix == prefix
        assert len(traces.ip_hash) == 16

    def test_an_address_in_two_spellings_is_one(self) -> None:
        """IPv4 inside IPv6 is IPv4."""
        assert VAULT.traces_of("203.0.113.7") == VAULT.traces_of("::ffff:203.0.113.7")
        assert VAULT.limit_key("203.0.113.7") == VAULT.limit_key("::ffff:203.0.113.7")
        assert VAULT.limit_key("2001:db8::1") == VAULT.limit_key("2001:db8::ffff")
        assert VAULT.limit_key("2001:db8::1") != VAULT.limit_key("2001:db8:0:1::1")

    def test_what_is_stored_is_not_what_limits_count_by(self) -> None:
        """Redis and the database can't be joined on it."""
        assert VAULT.traces_of("203.0.113.7").ip_hash.hex() != VAULT.limit_key("203.0.113.7")


class TestFormTime:
    """A signed time that a form carries."""

    def test_its_age_is_what_has_passed(self) -> None:
        """To the second."""
        token = VAULT.form_token(NOW)

        assert VAULT.form_age(token, NOW + timedelta(seconds=90)) == timedelta(seconds=90)
        assert VAULT.form_age(token, NOW - timedelta(seconds=5)) == timedelta()
        assert VAULT.form_age(token, NOW - timedelta(minutes=5)) is None

    @given(st.text(max_size=60))
    def test_nothing_else_is_a_token(self, made_up: str) -> None:
        """Whatever is sent instead, it raises nothing and proves nothing."""
        assert VAULT.form_age(made_up, NOW) is None
        stamp, _, mac = VAULT.form_token(NOW).partition(".")
        if made_up != mac:
            assert VAULT.form_age(f"{stamp}.{made_up}", NOW) is None

    def test_an_older_time_can_not_be_made_from_a_token(self) -> None:
        """The time is part of what is signed."""
        stamp, _, mac = VAULT.form_token(NOW).partition(".")

        assert VAULT.form_age(f"{int(stamp) - 60}.{mac}", NOW) is None
        assert VAULT.form_age(f"0{stamp}.{mac}", NOW) is None


class TestTokens:
    """Authors' and programs' tokens."""

    def test_an_author_token_opens_one_comment(self) -> None:
        """It is made from the id and a key, so it is the same again; what is stored of it opens nothing."""
        mine, other = uuid4(), uuid4()
        stored = token_digest(VAULT.author_token(mine))

        assert is_token_of(VAULT.author_token(mine), stored)
        assert not is_token_of(VAULT.author_token(other), stored)
        assert not is_token_of(stored.hex(), stored)
        assert not is_token_of("", stored)

    @given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
    def test_no_made_up_token_opens_anything(self, made_up: str) -> None:
        """Also with characters that no token has."""
        assert not is_token_of(made_up, token_digest(VAULT.author_token(UUID(int=1))))
        assert not is_token_of(made_up, None)
        assert not is_token_of(made_up, bytes(32))

    def test_an_api_token_is_known_by_its_digest(self) -> None:
        """256 random bits, stored as SHA-256 only."""
        fresh = new_api_token()

        assert fresh.shown.startswith("grt_")
        assert token_digest(fresh.shown) == fresh.digest
        assert len({new_api_token().shown for _ in range(100)}) == 100
